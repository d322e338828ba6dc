package dev.quadrille.kernel;

/**
 * Carries the store's feed to the bus (P4). The position moves only past what the broker has confirmed, so a crash
 * between two effects repeats events and loses none; repeats come in order. Called by one thread of the one leader.
 */
public final class Relay {

    private final String name;
    private final Feed feed;
    private final Checkpoints checkpoints;
    private final EventBus bus;
    private final int batch;

    /**
     * Relays from this feed to this bus.
     *
     * @param name the checkpoint's name
     * @param batch how many events are read and confirmed together, 1 or more
     */
    public Relay(String name, Feed feed, Checkpoints checkpoints, EventBus bus, int batch) {
        this.name = name;
        this.feed = feed;
        this.checkpoints = checkpoints;
        this.bus = bus;
        this.batch = batch;
    }

    /**
     * Relays the next batch.
     *
     * @return how many events it held; less than a full batch means that the store had no more
     * @throws Unavailable if the store or the broker is: call again, it goes on from the last confirmed batch
     */
    public int next() {
        var entries = feed.after(checkpoints.load(name), batch);
        if (!entries.isEmpty()) {
            bus.publish(entries.stream().map(Feed.Entry::event).toList());
            checkpoints.save(name, entries.getLast().position());
        }
        return entries.size();
    }
}
