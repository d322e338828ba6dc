package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one kind of process, as pure functions: no clock, no chance, no input or output; it routes and waits, and
 * computes nothing that is another's business. Called from many threads; it keeps nothing between calls.
 *
 * <p>Its inputs come one at a time for each instance: the events of one stream in their order, its deadlines by time, and
 * otherwise in any order; an event that comes again does not reach it. Rebuilding calls {@link #evolve} alone.
 *
 * @param <S> its state, which has {@code equals}: best a sealed interface of records
 */
public interface ProcessManager<S> {

    /** Who it is. */
    ProcessIdentity identity();

    /** What it hears, and which instance hears it; what it may issue. Always the same. */
    Routes routes();

    /** The state of an instance to which nothing has happened yet. */
    S initial();

    /**
     * The state after one more input. An input that changes nothing of {@link #initial()} and to which nothing is answered
     * does not begin an instance.
     *
     * @param input of the types that {@link #routes()} declare
     */
    S evolve(S state, Input input);

    /**
     * What is to be done about an input, once, in this order: stored together with the fact that it was handled (P5), and done
     * even if this program dies right after it.
     *
     * @param state as {@link #evolve} has left it
     */
    List<Effect> react(S state, Input input);

    /** How an instance in this state is shown to people. */
    Status status(S state);

    /**
     * Why a person's wish can't be followed in this state; empty if it can. Unless a process manager says otherwise it never
     * fails and has nothing to retry.
     */
    default Optional<Rejection> refusal(S state, Input.Person wish) {
        return Optional.of(
                switch (wish) {
                    case Input.Acknowledged _ -> notFailed("Nothing of it waits for an acknowledgement");
                    case Input.RetryRequested _ -> nothingToRetry("It waits for nobody who could be asked again");
                });
    }

    /** The refusal of an acknowledgement. */
    static Rejection notFailed(String message) {
        return new Rejection("PROCESS_NOT_FAILED", message);
    }

    /** The refusal of a retry. */
    static Rejection nothingToRetry(String message) {
        return new Rejection("NOTHING_TO_RETRY", message);
    }
}
