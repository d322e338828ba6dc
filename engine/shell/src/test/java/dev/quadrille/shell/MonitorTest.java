package dev.quadrille.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MonitorTest {

    @AutoClose
    private final HttpClient client = HttpClient.newHttpClient();

    @AutoClose
    private final Monitor monitor = Monitor.start(set(Map.of("METRICS_PORT", "0")), "127.0.0.1");

    @Test
    void a_process_is_healthy_while_each_of_its_services_can_do_its_work() throws Exception {
        assertThat(get("/health")).extracting(HttpResponse::statusCode).isEqualTo(503);

        var relayer = monitor.service("relayer");
        monitor.service("domain").accept(true);
        assertHealth(503, "domain: up\nrelayer: down\n");

        relayer.accept(true);
        assertHealth(200, "domain: up\nrelayer: up\n");

        relayer.accept(false);
        assertHealth(503, "domain: up\nrelayer: down\n");
    }

    @Test
    void meters_are_shown_beside_those_of_the_JVM() throws Exception {
        monitor.meters().counter("commands").increment(3);

        assertThat(get("/metrics").body()).contains("commands_total 3.0\n", "jvm_memory_used_bytes{");
    }

    @Test
    void without_a_port_nothing_listens() {
        try (var silent = Monitor.start(set(Map.of()), "127.0.0.1")) {
            silent.service("domain").accept(true);

            assertThat(silent.port()).isZero();
        }
    }

    @Test
    void services_of_one_process_share_its_monitor_and_leave_it_open() throws Exception {
        try (var one = Shell.watchedBy(monitor, Shell.service(Service.class)).run("--NAME=one");
                var other =
                        Shell.watchedBy(monitor, Shell.service(Service.class)).run("--NAME=other")) {
            assertThat(one.getBean(Monitor.class)).isSameAs(monitor);
            assertThat(other.getBean(Monitor.class)).isSameAs(monitor);
        }

        assertHealth(503, "one: down\nother: down\n");
    }

    @Test
    void a_service_alone_has_a_monitor_of_its_own_and_closes_it() {
        MeterRegistry meters;
        try (var service = Shell.service(Service.class).run("--METRICS_PORT=0", "--BIND_ADDRESS=127.0.0.1")) {
            var own = service.getBean(Monitor.class);
            assertThat(own.port()).isPositive();
            meters = own.meters();
        }
        assertThat(meters.isClosed()).isTrue();
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {
        @Bean
        Consumer<Boolean> told(Monitor monitor, Environment environment) {
            return monitor.service(environment.getProperty("NAME", "alone"));
        }
    }

    private void assertHealth(int status, String body) throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(status);
        assertThat(get("/health").body()).isEqualTo(body);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + monitor.port() + path));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Variables set(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", variables));
        return new Variables(environment);
    }
}
