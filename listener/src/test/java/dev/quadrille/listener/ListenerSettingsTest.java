package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.shell.BadVariable;
import dev.quadrille.shell.Variables;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ListenerSettingsTest {

    @Test
    void without_variables_it_listens_on_8080_and_uses_the_broker_next_door() {
        var settings = from(Map.of());

        assertThat(settings.server()).isEqualTo(new GrpcServer.Settings("0.0.0.0", 8080));
        assertThat(settings.broker().url()).isEqualTo(URI.create("amqp://guest:guest@127.0.0.1:5672"));
        assertThat(settings.topology().partitions()).isEqualTo(new Partitions(16));
        assertThat(settings.topology().queueType()).isEqualTo(QueueType.CLASSIC);
        assertThat(settings.maxUnconfirmed()).isEqualTo(1_000);
        assertThat(settings.confirmWithin()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void each_setting_has_its_variable() {
        var settings = from(Map.of(
                "BIND_ADDRESS", "127.0.0.1",
                "LISTENER_PORT", "9090",
                "AMQP_URL", "amqp://me:secret@broker/mine",
                "PARTITIONS", "4",
                "QUEUE_TYPE", "quorum",
                "MAX_UNCONFIRMED", "10",
                "CONFIRM_WITHIN", "250ms"));

        assertThat(settings.server()).isEqualTo(new GrpcServer.Settings("127.0.0.1", 9090));
        assertThat(settings.broker().url()).isEqualTo(URI.create("amqp://me:secret@broker/mine"));
        assertThat(settings.topology().partitions()).isEqualTo(new Partitions(4));
        assertThat(settings.topology().queueType()).isEqualTo(QueueType.QUORUM);
        assertThat(settings.maxUnconfirmed()).isEqualTo(10);
        assertThat(settings.confirmWithin()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void a_log_of_the_settings_shows_no_password() {
        assertThat(from(Map.of("AMQP_URL", "amqp://me:secret@broker/mine")))
                .asString()
                .contains("broker/mine")
                .doesNotContain("secret");
    }

    @Test
    void a_bad_value_stops_the_start() {
        assertThatThrownBy(() -> ListenerApplication.service().run("--MAX_UNCONFIRMED=none"))
                .rootCause()
                .isInstanceOf(BadVariable.class)
                .hasMessage("MAX_UNCONFIRMED is 'none' and must be a number from 1 to 1000000");
    }

    private static ListenerSettings from(Map<String, Object> variables) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("test", variables));
        return ListenerSettings.from(new Variables(new PropertySourcesPropertyResolver(sources)));
    }
}
