package dev.quadrille.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine, unpacked from the class path once for each user and version. */
final class PostgresPrograms {
    private static final int LAST_LINES = 10;
    private static final int OWNER_EXECUTES = 0100;

    private final Path programs;
    private final Path log;

    private PostgresPrograms(Path programs, Path log) {
        this.programs = programs;
        this.log = log;
    }

    /**
     * Takes them from where they were unpacked, or unpacks them.
     *
     * @param log what they say is added there
     * @throws StartFailure if there are none for this machine
     */
    static PostgresPrograms sayingTo(Path log) throws IOException {
        var unpacked = Path.of(System.getProperty("user.home"), ".cache", "quadrille");
        var archive = archive();
        var checksum =
                ((JarURLConnection) archive.openConnection()).getJarEntry().getCrc();
        var place = ServerDirectory.ownersOnly(unpacked).resolve("postgresql-%08x".formatted(checksum));
        if (!Files.exists(place)) {
            unpack(archive, place);
        }
        return new PostgresPrograms(place.resolve("bin"), log);
    }

    private static URL archive() {
        var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        var architecture = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = PostgresPrograms.class.getResource("/postgres-%s-%s.txz".formatted(system, architecture));
        if (archive == null) {
            throw new StartFailure("There is no embedded PostgreSQL for this machine. Set POSTGRES_URL to a server.");
        }
        return archive;
    }

    /** At another place first, so that nobody ever sees half of it, however this ends. */
    private static void unpack(URL archive, Path place) throws IOException {
        var half = Files.createTempDirectory(place.getParent(), "unpacking-");
        try (var files =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive.openStream())))) {
            for (var entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                var file = half.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(files, file);
                    file.toFile().setExecutable((entry.getMode() & OWNER_EXECUTES) != 0);
                }
            }
        }
        try {
            Files.move(half, place, ATOMIC_MOVE);
        } catch (FileSystemException e) {
            ServerDirectory.delete(half);
            if (!Files.exists(place)) {
                throw e;
            }
        }
    }

    /**
     * Runs one to its end, whether the thread is interrupted or not.
     *
     * @throws IllegalStateException with the last it said, if it did not do what it was asked for
     */
    void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (new UnixSystem().getUid() == 0) {
            // PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, who owns root's files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        var output = ProcessBuilder.Redirect.appendTo(log.toFile());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(program + " failed and said last:\n" + lastSaid());
        }
    }

    private String lastSaid() throws IOException {
        var lines = Files.readString(log, UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
