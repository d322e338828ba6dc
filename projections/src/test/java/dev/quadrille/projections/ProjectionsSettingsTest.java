package dev.quadrille.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.shell.BadVariable;
import dev.quadrille.shell.Variables;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionsSettingsTest {

    @Test
    void without_variables_it_answers_on_8081_and_uses_the_servers_next_door() {
        var settings = from(Map.of());

        assertThat(settings.server()).isEqualTo(new GrpcServer.Settings("0.0.0.0", 8081));
        assertThat(settings.broker().url()).isEqualTo(URI.create("amqp://guest:guest@127.0.0.1:5672"));
        assertThat(settings.topology().partitions()).isEqualTo(new Partitions(16));
        assertThat(settings.topology().queueType()).isEqualTo(QueueType.CLASSIC);
        assertThat(settings.eventStore().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/quadrille");
        assertThat(settings.tables().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/queries");
    }

    @Test
    void each_setting_has_its_variable() {
        var settings = from(Map.of(
                "BIND_ADDRESS", "127.0.0.1",
                "QUERY_PORT", "9091",
                "AMQP_URL", "amqp://me:secret@broker/mine",
                "PARTITIONS", "4",
                "QUEUE_TYPE", "quorum",
                "POSTGRES_URL", "jdbc:postgresql://store/events",
                "POSTGRES_USER", "me",
                "POSTGRES_PASSWORD", "secret",
                "QUERIES_POSTGRES_URL", "postgresql://replica:5433/tables"));

        assertThat(settings.server()).isEqualTo(new GrpcServer.Settings("127.0.0.1", 9091));
        assertThat(settings.broker().url()).isEqualTo(URI.create("amqp://me:secret@broker/mine"));
        assertThat(settings.topology().partitions()).isEqualTo(new Partitions(4));
        assertThat(settings.topology().queueType()).isEqualTo(QueueType.QUORUM);
        assertThat(settings.eventStore().url()).isEqualTo("jdbc:postgresql://store/events");
        assertThat(settings.eventStore().user()).isEqualTo("me");
        assertThat(settings.eventStore().password()).isEqualTo("secret");
        assertThat(settings.tables().url()).isEqualTo("jdbc:postgresql://replica:5433/tables");
        assertThat(settings.tables().user()).isEqualTo("me");
        assertThat(settings.tables().password()).isEqualTo("secret");
    }

    @Test
    void the_tables_are_beside_the_event_store_unless_said_otherwise() {
        var settings = from(Map.of("POSTGRES_URL", "jdbc:postgresql://store/events", "POSTGRES_USER", "me"));

        assertThat(settings.tables().url()).isEqualTo("jdbc:postgresql://store/queries");
        assertThat(settings.tables().user()).isEqualTo("me");
    }

    @Test
    void a_log_of_the_settings_shows_no_password() {
        assertThat(from(Map.of(
                        "AMQP_URL",
                        "amqp://me:secret@broker/mine",
                        "POSTGRES_URL",
                        "postgresql://me:secret@store/events")))
                .asString()
                .contains("broker/mine")
                .doesNotContain("secret");
    }

    @Test
    void a_bad_value_stops_the_start() {
        assertThatThrownBy(() -> ProjectionsApplication.service().run("--QUERY_PORT=high"))
                .rootCause()
                .isInstanceOf(BadVariable.class)
                .hasMessage("QUERY_PORT is 'high' and must be a number from 0 to 65535");
    }

    private static ProjectionsSettings from(Map<String, Object> variables) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("test", variables));
        return ProjectionsSettings.from(new Variables(new PropertySourcesPropertyResolver(sources)));
    }
}
