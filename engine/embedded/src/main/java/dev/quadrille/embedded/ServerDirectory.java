package dev.quadrille.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory of one embedded server, claimed by this JVM until it is closed. The operating system ends the claim of a
 * JVM that dies, however it dies, so a claim that is held is one of a process that lives.
 */
final class ServerDirectory implements AutoCloseable {

    // Closing a second channel on a file drops the lock that this JVM holds on it by the first: never open one.
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private final boolean throwAway;

    private ServerDirectory(Path path, FileChannel lock, boolean throwAway) {
        this.path = path;
        this.lock = lock;
        this.throwAway = throwAway;
    }

    /**
     * Claims the directory, made (for its owner only) when it is not there.
     *
     * @throws StartFailure if it is claimed already, by this JVM or another
     */
    static ServerDirectory claim(Path directory) {
        return claim(directory, false);
    }

    /** Claims a new directory that is deleted when it is closed. */
    static ServerDirectory throwAway() {
        try {
            return claim(Files.createTempDirectory("quadrille-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerDirectory claim(Path directory, boolean throwAway) {
        try {
            var path = ownersOnly(directory).toRealPath();
            if (!CLAIMED.add(path)) {
                throw inUse(path, Long.toString(ProcessHandle.current().pid()));
            }
            try {
                return new ServerDirectory(path, lock(path), throwAway);
            } catch (IOException | RuntimeException e) {
                CLAIMED.remove(path);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a directory that other users of the machine can't look into, unless it is there already. */
    static Path ownersOnly(Path directory) throws IOException {
        var permissions = PosixFilePermissions.fromString("rwx------");
        return Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
    }

    private static FileChannel lock(Path path) throws IOException {
        var file = path.resolve("lock");
        var channel = FileChannel.open(file, CREATE, WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(path, Files.readString(file));
            }
            channel.truncate(0)
                    .write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static StartFailure inUse(Path path, String process) {
        return new StartFailure(
                "%s is in use by process %s. Stop that one first, or choose another data directory (DATA_DIR)."
                        .formatted(path, process));
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Where the server keeps its data. */
    Path data() {
        return resolve("data");
    }

    /** Makes the place for data, emptied of the ruin of a first start that never got as far as {@link #keepData()}. */
    void prepareData() throws IOException {
        if (!Files.exists(kept())) {
            delete(data());
        }
        Files.createDirectories(data());
    }

    /** Says that the server has started on its data: they are kept from now on, even if the power fails. */
    void keepData() throws IOException {
        if (!Files.exists(kept())) {
            Files.createFile(kept());
            try (var directory = FileChannel.open(path)) {
                directory.force(true);
            }
        }
    }

    private Path kept() {
        return resolve("data-kept");
    }

    /** Ends the claim. Repeating it changes nothing. */
    @Override
    public void close() {
        try {
            if (lock.isOpen()) {
                lock.close();
                CLAIMED.remove(path);
                if (throwAway) {
                    delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (var files = Files.walk(tree)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
