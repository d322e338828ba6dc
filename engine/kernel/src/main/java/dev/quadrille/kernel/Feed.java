package dev.quadrille.kernel;

import java.util.List;

/**
 * Everything that was ever committed, in one order that never changes behind the reader: an event that is not returned
 * now will never be found before one that is. The events of a stream come in version order.
 */
public interface Feed {

    /**
     * An event and where it stands in the feed.
     *
     * @param position greater than 0 and growing, with holes
     */
    record Entry(long position, EventEnvelope event) {}

    /**
     * The next events. Waits for appends in progress that may still commit in front of them, which is bounded by the
     * appenders' own time limit, and for nobody else.
     *
     * @param position read only what stands behind it; 0 for the beginning
     * @param limit how many at most, 1 or more
     * @return in the order of positions; empty when there is nothing new
     * @throws Unavailable if the store is
     */
    List<Entry> after(long position, int limit);
}
