package dev.quadrille.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** An address of this console, with parameters. */
record Link(String address) {

    static Link to(String path) {
        return new Link(path);
    }

    /** Also with this parameter, unless it is empty. */
    Link with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        return new Link(address + (address.contains("?") ? "&" : "?") + name + "=" + URLEncoder.encode(value, UTF_8));
    }

    @Override
    public String toString() {
        return address;
    }
}
