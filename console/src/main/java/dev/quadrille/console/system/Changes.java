package dev.quadrille.console.system;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** That something has changed, for any number of threads that wait for it. Several changes may count as one. */
public final class Changes implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long number;
    private boolean closed;

    /** The number of the newest change, to wait for a later one. */
    public long newest() {
        lock.lock();
        try {
            return number;
        } finally {
            lock.unlock();
        }
    }

    /** Something has changed. */
    public void tell() {
        lock.lock();
        try {
            number++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something has changed since, but no longer than the limit.
     *
     * @return false once closed
     */
    public boolean await(long since, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            var left = limit.toNanos();
            while (number == since && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets some time pass, whatever changes in it.
     *
     * @return false once closed
     */
    public boolean pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            var left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
