package dev.quadrille.acceptance.support;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Several instances of a server as one: each call goes to the next of them. */
final class InTurn extends ManagedChannel {

    private final List<ManagedChannel> instances;
    private final AtomicInteger calls = new AtomicInteger();

    InTurn(List<ManagedChannel> instances) {
        this.instances = instances;
    }

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
        var next = instances.get(Math.floorMod(calls.getAndIncrement(), instances.size()));
        // An instance that was away is back for the next call, not after a pause that has doubled meanwhile.
        next.resetConnectBackoff();
        return next.newCall(method, options);
    }

    @Override
    public String authority() {
        return instances.getFirst().authority();
    }

    @Override
    public ManagedChannel shutdown() {
        instances.forEach(ManagedChannel::shutdown);
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        instances.forEach(ManagedChannel::shutdownNow);
        return this;
    }

    @Override
    public boolean isShutdown() {
        return instances.stream().allMatch(ManagedChannel::isShutdown);
    }

    @Override
    public boolean isTerminated() {
        return instances.stream().allMatch(ManagedChannel::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        var deadline = System.nanoTime() + unit.toNanos(timeout);
        for (var instance : instances) {
            if (!instance.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
