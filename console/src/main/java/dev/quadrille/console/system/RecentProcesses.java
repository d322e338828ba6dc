package dev.quadrille.console.system;

import static java.util.Comparator.comparing;

import dev.quadrille.proto.process.v1.Process;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The processes that have changed last, as many as there is room for. May be used from any thread. */
public final class RecentProcesses {

    /** The one that has changed last comes first. */
    public static final Comparator<Process> NEWEST_FIRST =
            comparing(RecentProcesses::changedAt).reversed().thenComparing(Process::getProcessId);

    private final int room;
    private final Map<String, Process> byId = new HashMap<>();
    private final TreeSet<Process> newestFirst = new TreeSet<>(NEWEST_FIRST);

    public RecentProcesses(int room) {
        this.room = room;
    }

    /** Takes note of how a process is now. */
    public synchronized void put(Process process) {
        remove(byId.get(process.getProcessId()));
        byId.put(process.getProcessId(), process);
        newestFirst.add(process);
        if (newestFirst.size() > room) {
            remove(newestFirst.getLast());
        }
    }

    private void remove(@Nullable Process process) {
        if (process != null) {
            byId.remove(process.getProcessId());
            newestFirst.remove(process);
        }
    }

    private static Instant changedAt(Process process) {
        var at = process.getChangedAt();
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    /** Forgets all of them: they are about to be told anew. */
    public synchronized void clear() {
        byId.clear();
        newestFirst.clear();
    }

    /** As they are now, the one that has changed last first. */
    public synchronized List<Process> newestFirst() {
        return List.copyOf(newestFirst);
    }
}
