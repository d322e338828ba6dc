package dev.quadrille.shell;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** Makes the Spring Boot application that a service is. */
public final class Shell {

    private Shell() {}

    /**
     * An application of the beans that this configuration names, and no others: nothing is configured by what else is on
     * the class path. {@code run} it from a {@code main}, or beside other services in one JVM, each in a context of its
     * own; arguments such as {@code --AMQP_URL=…} go before the environment's variables. It runs until its context is
     * closed, by a signal or by whoever ran it.
     *
     * @param configuration a class annotated {@code @Configuration}
     */
    public static SpringApplication service(Class<?> configuration) {
        var application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setKeepAlive(true);
        return application;
    }
}
