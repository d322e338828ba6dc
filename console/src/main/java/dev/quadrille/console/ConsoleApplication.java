package dev.quadrille.console;

import dev.quadrille.console.system.Services;
import dev.quadrille.console.system.Watches;
import dev.quadrille.console.web.Actions;
import dev.quadrille.console.web.AuditPages;
import dev.quadrille.console.web.Exchange;
import dev.quadrille.console.web.Guard;
import dev.quadrille.console.web.Mishaps;
import dev.quadrille.console.web.Pages;
import dev.quadrille.console.web.Templates;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The console as a service, and the only one whose Spring context is a web application. To stop, those who listen to pages
 * are let go, then running requests end, then the connections to the system go.
 */
@EnableWebMvc
@Configuration(proxyBeanMethods = false)
public class ConsoleApplication implements WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(ConsoleApplication.class);

    /** As long as the other services give running calls. */
    private static final long GRACE_MILLIS = 1_500;

    /** Forms of a few fields. */
    private static final int MOST_POSTED = 16 * 1024;

    /** Each is a browser's tab, or a request; what listens is bounded further, by {@link Exchange}. */
    private static final int MOST_CONNECTIONS = 512;

    public static void main(String... arguments) {
        service().run(arguments);
    }

    /** The console, to run it. */
    public static SpringApplication service() {
        var service = Shell.service(ConsoleApplication.class);
        service.setWebApplicationType(WebApplicationType.SERVLET);
        return service;
    }

    @Bean
    ConsoleSettings settings(Environment environment) {
        var settings = ConsoleSettings.from(new Variables(environment));
        log.info("Set up with {}", settings);
        return settings;
    }

    @Bean
    Services services(ConsoleSettings settings) {
        return new Services(settings.listener(), settings.query());
    }

    @Bean
    Watches watches(Services services) {
        return new Watches(services.queries());
    }

    @Bean
    Exchange exchange(Watches watches) {
        return new Exchange(new Templates(), watches.changes());
    }

    @Bean
    Pages pages(Exchange exchange, Services services, Watches watches) {
        return new Pages(exchange, services.queries(), watches.processes());
    }

    @Bean
    AuditPages auditPages(Exchange exchange, Services services) {
        return new AuditPages(exchange, services.queries());
    }

    @Bean
    Actions actions(Exchange exchange, Services services) {
        return new Actions(exchange, services.commands());
    }

    @Bean
    Mishaps mishaps(Exchange exchange) {
        return new Mishaps(exchange);
    }

    @Bean
    Guard guard(ConsoleSettings settings) {
        return new Guard(settings.hosts());
    }

    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    TomcatServletWebServerFactory webServer(ConsoleSettings settings) throws UnknownHostException {
        var server = new TomcatServletWebServerFactory();
        server.setAddress(InetAddress.getByName(settings.bindAddress()));
        server.setPort(settings.port());
        server.setShutdown(Shutdown.GRACEFUL);
        server.addProtocolHandlerCustomizers(protocol -> protocol.setExecutor(new VirtualThreadExecutor("console-")));
        server.addConnectorCustomizers(ConsoleApplication::bound);
        server.addContextCustomizers(ConsoleApplication::tellNothingOfTheServer);
        return server;
    }

    private static void bound(Connector connector) {
        connector.setMaxPostSize(MOST_POSTED);
        connector.setProperty("maxConnections", Integer.toString(MOST_CONNECTIONS));
    }

    /** To a request so broken that it reaches no page. */
    private static void tellNothingOfTheServer(Context context) {
        var brief = new ErrorReportValve();
        brief.setShowReport(false);
        brief.setShowServerInfo(false);
        context.getParent().getPipeline().addValve(brief);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/static/**")
                .addResourceLocations("classpath:/dev/quadrille/console/static/")
                .setCacheControl(CacheControl.noCache());
    }

    @Bean
    ApplicationListener<ContextClosedEvent> lettingGo(Watches watches) {
        return _ -> watches.close();
    }

    @Bean
    DefaultLifecycleProcessor lifecycleProcessor() {
        var processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(GRACE_MILLIS);
        return processor;
    }

    @Bean
    Readiness readiness(Services services, Monitor monitor) {
        return Readiness.watch(services::queriesServe, monitor.service("console"));
    }
}
