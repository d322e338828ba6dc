package dev.quadrille.testkit;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes races happen instead of hoping for them: a barrier releases all contenders at once. */
public final class Collision {

    private Collision() {}

    /**
     * Lets contenders meet, each on a thread of its own, and joins them all.
     *
     * @param contender what the contender with this index does once all are ready
     * @return their results, by index
     * @throws Exception the first failure, by index, after all have ended
     */
    public static <T> List<T> of(int contenders, IntFunction<Callable<T>> contender) throws Exception {
        var barrier = new CyclicBarrier(contenders);
        List<Future<T>> results;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = IntStream.range(0, contenders)
                    .mapToObj(contender)
                    .map(action -> threads.submit(() -> {
                        barrier.await();
                        return action.call();
                    }))
                    .toList();
        }
        for (var result : results) {
            if (result.state() == Future.State.FAILED) {
                throw new ExecutionException("A contender failed", result.exceptionNow());
            }
        }
        return results.stream().map(Future::resultNow).toList();
    }
}
