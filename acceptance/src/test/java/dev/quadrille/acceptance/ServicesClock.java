package dev.quadrille.acceptance;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The clock by which services go that are started with its option. A test may set it while they run. */
final class ServicesClock {

    private final Path jar;
    private final Path offset;

    private ServicesClock(Path jar, Path offset) {
        this.jar = jar;
        this.offset = offset;
    }

    /** Makes a clock that is right. */
    static ServicesClock in(Path directory) throws IOException {
        var clock = new ServicesClock(directory.resolve("clock.jar"), directory.resolve("clock-offset"));
        clock.set(Duration.ZERO);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ClockAgent.class.getName());
        var file = ClockAgent.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(clock.jar), manifest);
                var agent = ClockAgent.class.getClassLoader().getResourceAsStream(file)) {
            jar.putNextEntry(new JarEntry(file));
            agent.transferTo(jar);
        }
        return clock;
    }

    /** For the JVM of a service. */
    String option() {
        return "-javaagent:" + jar + "=" + offset;
    }

    /** How far it is ahead from now on; behind, if negative. */
    void set(Duration ahead) throws IOException {
        var next = Files.writeString(offset.resolveSibling("clock-offset-next"), ahead.toString());
        Files.move(next, offset, ATOMIC_MOVE);
    }
}
