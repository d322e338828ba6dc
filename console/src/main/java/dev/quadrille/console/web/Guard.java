package dev.quadrille.console.web;

import static java.util.Locale.ROOT;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only what this console's own pages ask for, and people who open one. A page from elsewhere can neither press a
 * button here (forgery) nor read what is here under a name that it has pointed to this machine (DNS rebinding). Every
 * answer forbids the browser to load or to run anything from elsewhere, and to show the page in a frame.
 */
public final class Guard implements Filter {

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    /** No name, so nobody can have pointed it here. */
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> FROM_HERE = Set.of("same-origin", "none");

    private final Set<String> names;

    /**
     * Of a console.
     *
     * @param names by which it may be asked for, beside localhost and IP addresses
     */
    public Guard(Set<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) asked;
        var response = (HttpServletResponse) answered;
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        // Not no-referrer: browsers would send a form of our own without its origin.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        if (!isOurName(request.getHeader("Host"))) {
            refuse(
                    response,
                    HttpServletResponse.SC_MISDIRECTED_REQUEST,
                    "This console does not go by that name. Ask for it as localhost or by its IP address, or add the name"
                            + " to CONSOLE_HOSTS.");
        } else if (isFromElsewhere(request)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "Another site has asked for this, and may not.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isOurName(@Nullable String host) {
        if (host == null) {
            return false;
        }
        var name = PORT.matcher(host.toLowerCase(ROOT)).replaceFirst("");
        return name.equals("localhost")
                || names.contains(name)
                || IP_ADDRESS.matcher(name).matches();
    }

    /** By what every browser tells since 2023; who tells nothing is no browser, and can't be led astray by a page. */
    private static boolean isFromElsewhere(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        var reading = READING.contains(request.getMethod());
        if (site != null) {
            // A link from elsewhere may be followed.
            var followed = reading
                    && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                    && "document".equals(request.getHeader("Sec-Fetch-Dest"));
            return !FROM_HERE.contains(site) && !followed;
        }
        var origin = request.getHeader("Origin");
        return !reading && origin != null && !isHost(origin, request.getHeader("Host"));
    }

    private static boolean isHost(String origin, String host) {
        try {
            return host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(why);
    }
}
