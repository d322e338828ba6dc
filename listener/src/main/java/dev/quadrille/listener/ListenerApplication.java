package dev.quadrille.listener;

import dev.quadrille.commands.CommandQueue;
import dev.quadrille.commands.Traceparent;
import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.RabbitCommandBus;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The listener as a service. Beans are closed in the reverse of the order in which they need each other: the server drains
 * before the publisher goes.
 */
@Configuration(proxyBeanMethods = false)
public class ListenerApplication {

    private static final Logger log = LoggerFactory.getLogger(ListenerApplication.class);

    public static void main(String... arguments) {
        service().run(arguments);
    }

    /** The listener, to run it. */
    public static SpringApplication service() {
        return Shell.service(ListenerApplication.class);
    }

    @Bean
    ListenerSettings settings(Environment environment) {
        var settings = ListenerSettings.from(new Variables(environment));
        log.info("Set up with {}", settings);
        return settings;
    }

    @Bean
    ConfirmedPublisher publisher(ListenerSettings settings) {
        return new ConfirmedPublisher(
                settings.broker(), settings.topology(), settings.maxUnconfirmed(), settings.confirmWithin());
    }

    @Bean
    GrpcServer server(ListenerSettings settings, ConfirmedPublisher publisher) {
        var bus = new RabbitCommandBus(
                publisher, new CommandMessages(settings.topology().partitions()));
        var clock = InstantSource.system();
        return GrpcServer.start(settings.server(), services(new CommandQueue(bus, Installation.codec(), clock), clock));
    }

    static List<BindableService> services(CommandQueue queue, InstantSource clock) {
        return Stream.of(
                        new FinancingCommandService(queue),
                        new BillingCommandService(queue),
                        new ReportsCommandService(queue),
                        new CateringCommandService(queue, clock),
                        new ProcessCommandService(queue),
                        new DemoCommandService(queue),
                        new ParkingCommandService(queue))
                .map(service -> (BindableService) () -> ServerInterceptors.intercept(service, new Traceparent()))
                .toList();
    }

    @Bean
    Readiness readiness(GrpcServer server, ConfirmedPublisher publisher, Monitor monitor) {
        return Readiness.watch(publisher::connect, monitor.service("listener").andThen(server::serving));
    }
}
