package dev.quadrille.console.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Writes HTML, in which everything that is shown is escaped. */
public final class Templates {

    private static final Show SHOW = new Show();

    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    public Templates() {
        var resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setPrefix("dev/quadrille/console/templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        resolver.setCheckExistence(true);
        engine.setTemplateResolver(resolver);
    }

    /** @param model what the template finds by these names, beside {@code show}, which formats */
    String write(String template, Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {
        var exchange = JakartaServletWebApplication.buildApplication(request.getServletContext())
                .buildExchange(request, response);
        var all = new HashMap<String, Object>(model);
        all.put("show", SHOW);
        return engine.process(template, new WebContext(exchange, Locale.ENGLISH, all));
    }
}
