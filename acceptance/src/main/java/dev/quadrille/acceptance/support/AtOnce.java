package dev.quadrille.acceptance.support;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Makes calls collide instead of hoping that they do. */
public final class AtOnce {

    private AtOnce() {}

    /** Does the same for each, likewise. */
    public static <I, T> List<T> each(List<I> all, Function<? super I, ? extends T> action) throws Exception {
        return all(all.stream().<Callable<T>>map(one -> () -> action.apply(one)).toList());
    }

    /**
     * Does all of it, each on a thread of its own, all released together.
     *
     * @return the results, in the order of the actions
     * @throws Exception the first failure, in that order, after all have ended
     */
    public static <T> List<T> all(List<? extends Callable<T>> actions) throws Exception {
        var barrier = new CyclicBarrier(actions.size());
        List<Future<T>> results;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = actions.stream()
                    .map(action -> threads.submit(() -> {
                        barrier.await();
                        return action.call();
                    }))
                    .toList();
        }
        for (var result : results) {
            result.get();
        }
        return results.stream().map(Future::resultNow).toList();
    }
}
