package dev.quadrille.console.system;

import java.util.List;

/** Watches what can be watched, once for all browsers, and tells {@link Changes} of each change. */
public final class Watches implements AutoCloseable {

    private static final int ROOM = 200;

    private final Changes changes = new Changes();
    private final RecentProcesses processes = new RecentProcesses(ROOM);
    private final List<Watch<?>> watches;

    /** Begins to watch; does not wait. */
    public Watches(Queries queries) {
        watches = List.of(
                Watch.start("processes", queries::watchProcesses, processes::clear, row -> {
                    processes.put(row.getProcess());
                    changes.tell();
                }),
                Watch.start("reports", queries::watchReports, changes::tell, _ -> changes.tell()),
                Watch.start("orders", queries::watchOrders, changes::tell, _ -> changes.tell()));
    }

    public Changes changes() {
        return changes;
    }

    /** What the watch has told of processes since it began. */
    public RecentProcesses processes() {
        return processes;
    }

    /** Ends the watches, and whoever waits for changes. */
    @Override
    public void close() {
        changes.close();
        watches.forEach(Watch::close);
    }
}
