package dev.quadrille.voiding;

import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.process.ProcessManager;
import java.time.Duration;
import java.util.List;

/** The context as a service hosts it: its process manager and its language. */
public final class Voiding {

    private Voiding() {}

    /**
     * Its process managers.
     *
     * @param answerWithin how long Reports has to answer before a process is overdue
     */
    public static List<ProcessManager<?>> processManagers(Duration answerWithin) {
        return List.of(new DocumentVoiding(answerWithin));
    }

    /** The stable names of the deadlines that it schedules. */
    public static MessageTypes messageTypes() {
        return new MessageTypes().register("voiding.AnswerOverdue.v1", AnswerOverdue.class);
    }
}
