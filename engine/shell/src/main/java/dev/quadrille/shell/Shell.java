package dev.quadrille.shell;

import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.support.GenericApplicationContext;

/** Makes the Spring Boot application that a service is, and starts it with patience. */
public final class Shell {

    private static final Logger log = LoggerFactory.getLogger(Shell.class);
    private static final String MONITOR = "monitor";
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private Shell() {}

    /**
     * An application of the beans that this configuration names, and no others: nothing is configured by what else is on
     * the class path. {@code run} it from a {@code main}, or beside other services in one JVM, each in a context of its
     * own; arguments such as {@code --AMQP_URL=…} go before the environment's variables. It runs until its context is
     * closed, by a signal or by whoever ran it. Its beans may ask for the {@link Monitor}, which is started before them.
     *
     * @param configuration a class annotated {@code @Configuration}
     */
    public static SpringApplication service(Class<?> configuration) {
        var application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setKeepAlive(true);
        application.addInitializers((GenericApplicationContext context) ->
                context.registerBean(MONITOR, Monitor.class, () -> monitor(new Variables(context.getEnvironment()))));
        return application;
    }

    private static Monitor monitor(Variables variables) {
        return Monitor.start(variables, variables.bindAddress());
    }

    /** Has a service tell this monitor how it is, which its owner closes, and start none of its own. */
    public static SpringApplication watchedBy(Monitor monitor, SpringApplication service) {
        service.addInitializers(
                (GenericApplicationContext context) -> context.getBeanFactory().registerSingleton(MONITOR, monitor));
        return service;
    }

    /**
     * Does what a service can't start without, again every second for as long as a server is away, so that services may
     * be started in any order.
     *
     * @param step may throw {@link Unavailable}
     */
    public static void untilAvailable(Runnable step) {
        for (var waiting = false; ; waiting = true) {
            try {
                step.run();
                return;
            } catch (Unavailable away) {
                if (!waiting) {
                    log.warn("Can't start yet and keeps trying: {}", away.getMessage());
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a server", e);
        }
    }
}
