package dev.quadrille.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokerSettingsTest {

    @Test
    void a_log_does_not_show_the_password() {
        assertThat(BrokerSettings.of("amqp://me:secret@broker:5672/mine", "listener"))
                .hasToString("listener at amqp://broker:5672/mine");
    }

    @Test
    void what_is_not_a_brokers_address_is_refused_without_showing_the_password() {
        assertThatThrownBy(() -> BrokerSettings.of("http://me:secret@broker", "listener"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A broker is at amqp://user:password@host:port/virtual-host, not at 'http://broker'");
    }

    @Test
    void what_is_no_URL_is_refused_without_showing_the_password() {
        assertThatThrownBy(() -> BrokerSettings.of("amqp://me:sec ret@broker", "listener"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The broker's URL is malformed: Illegal character in authority")
                .hasNoCause();
    }
}
