package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.testkit.ParkingContract;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresParkingTest extends ParkingContract {

    private final TestDatabase database;

    PostgresParkingTest(TestDatabase database) {
        this.database = database;
    }

    @Override
    protected ParkingAndContent empty() {
        var pool = database.cleared().pool();
        return new ParkingAndContent(new PostgresParking(pool), () -> new Database(pool).run(this::parked));
    }

    @Test
    void a_message_is_held_once_some_consumer_has_parked_it() {
        var id = UUID.randomUUID();
        var parking = new PostgresParking(database.cleared().pool());
        assertThat(parking.holds(id)).isFalse();

        parking.park(new Parked(
                "commands.3", id.toString(), "", 1, "reason", "", Map.of(), ByteBuffer.allocate(0), Instant.EPOCH));

        assertThat(parking.holds(id)).isTrue();
        assertThat(parking.holds(UUID.randomUUID())).isFalse();
    }

    private List<Parked> parked(DSLContext jooq) {
        return jooq.selectFrom(PARKED)
                .orderBy(PARKED.NUMBER)
                .fetch(row -> new Parked(
                        row.getConsumer(),
                        row.getMessageId(),
                        row.getKey(),
                        row.getAttempts(),
                        row.getReason(),
                        row.getStack(),
                        members(jooq, row.getHeaders()),
                        ByteBuffer.wrap(row.getBody()),
                        row.getParkedAt()));
    }

    private static Map<String, String> members(DSLContext jooq, JSONB object) {
        return jooq.fetch("select key, value from jsonb_each_text({0})", org.jooq.impl.DSL.val(object))
                .intoMap(member -> member.get(0, String.class), member -> member.get(1, String.class));
    }
}
