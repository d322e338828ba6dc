package dev.quadrille.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * Sees to it that of several processes one works and the others stand by. The lock belongs to a connection of its own,
 * so it is free as soon as the leader's process ends or its connection breaks, within seconds if its host vanishes, and
 * after a given silence if the process stands still.
 */
public final class LeaderElection {

    private final PostgresSettings settings;
    private final Duration silence;

    /**
     * Elects among all who use this database.
     *
     * @param silence for how long a leader may ask nothing of its session before it has lost the lead: longer than it may
     *     take between two positions
     */
    public LeaderElection(PostgresSettings settings, Duration silence) {
        this.settings = settings;
        this.silence = silence;
    }

    /**
     * Takes the lead if nobody has it. Called by a standby every now and then; it does not wait.
     *
     * @param name what is led
     * @return the lead, to be closed by the caller; empty if another has it
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    public Optional<LeaderSession> tryLead(String name) {
        var session = new LeaderSession(Postgres.connect(settings));
        var leads = false;
        try {
            leads = session.lock(name, silence);
        } finally {
            if (!leads) {
                session.close();
            }
        }
        return leads ? Optional.of(session) : Optional.empty();
    }
}
