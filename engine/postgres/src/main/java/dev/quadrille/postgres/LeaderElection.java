package dev.quadrille.postgres;

import java.util.Optional;

/**
 * Sees to it that of several processes one works and the others stand by. The lock belongs to a connection of its own,
 * so it is free as soon as the leader's process ends or its connection breaks, and within seconds if its host vanishes.
 */
public final class LeaderElection {

    private final PostgresSettings settings;

    /** Elects among all who use this database. */
    public LeaderElection(PostgresSettings settings) {
        this.settings = settings;
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
            leads = session.lock(name);
        } finally {
            if (!leads) {
                session.close();
            }
        }
        return leads ? Optional.of(session) : Optional.empty();
    }
}
