package cofre.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of hash-named files in a local directory, as long as they fit. Nothing here is ever needed: what is missing,
 * damaged or cannot be written is only slower. Safe for several threads.
 */
final class FileCache {
    private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);
    /** Of the limit: a larger file would push out too much. */
    private static final int LARGEST_SHARE = 4;

    private final Path root;
    private final long maxBytes;
    private final Clock clock;
    private final CacheOrder order;
    private final AtomicLong serial = new AtomicLong();
    /** Files whose hash was right when this process looked; ranges of them are read without hashing all again. */
    private final Set<FileHandle> trusted = ConcurrentHashMap.newKeySet();

    FileCache(Path root, long maxBytes, Clock clock) {
        this.root = root;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.order = new CacheOrder(root);
    }

    /** The whole file, its hash checked now; empty when there is none or it was damaged. */
    Optional<byte[]> get(FileHandle file, long maxLength) {
        Path path = path(file);
        try {
            long size = Files.size(path);
            if (size > maxLength) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            if (!hashesTo(file, bytes)) {
                LOG.warn("dropped damaged cache entry file={}", file);
                drop(file);
                return Optional.empty();
            }
            trusted.add(file);
            touch(file, path, bytes.length);
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            order.remove(file);
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("cannot read cache entry file={} cause={}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Reads a range of a file whose hash this process has checked; false when that must be asked of the store. */
    boolean read(FileHandle file, long offset, byte[] into, int at, int length) {
        if (!trusted.contains(file)) {
            return false;
        }
        try (PositionalFile opened = new PositionalFile(path(file))) {
            if (!opened.read(offset, into, at, length)) {
                drop(file);
                return false;
            }
            order.use(file, opened.size());
            return true;
        } catch (IOException e) {
            LOG.debug("cannot read cache entry file={} cause={}", file, e.toString());
            trusted.remove(file);
            return false;
        }
    }

    /** Keeps the file if its bytes hash to its name and it fits. */
    void keep(FileHandle file, byte[] bytes) {
        if (fits(bytes.length) && hashesTo(file, bytes)) {
            write(file, Payload.of(bytes));
            trusted.add(file);
        }
    }

    /** Keeps what was just stored; the hash is checked when it is read. */
    void keep(FileHandle file, Payload payload) {
        if (fits(payload.length())) {
            write(file, payload);
        }
    }

    boolean fits(long length) {
        return length <= maxBytes / LARGEST_SHARE;
    }

    void drop(FileHandle file) {
        trusted.remove(file);
        order.remove(file);
        try {
            Files.deleteIfExists(path(file));
        } catch (IOException e) {
            LOG.warn("cannot drop cache entry file={} cause={}", file, e.toString());
        }
    }

    private void write(FileHandle file, Payload payload) {
        order.open();
        Path path = path(file);
        Path temporary = path.resolveSibling(".tmp-" + ProcessHandle.current().pid() + "-" + serial.incrementAndGet());
        try {
            Files.createDirectories(
                    path.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
                    ExactOutput.copy(payload, out);
                }
                // Not synced: a copy torn by a power loss does not hash to its name.
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            touch(file, path, payload.length());
            order.evict(maxBytes, this::drop);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // The two unchecked ones blame the payload; the store has the file, so that is no error here.
            LOG.warn("cannot keep cache entry file={} cause={}", file, e.toString());
        }
    }

    private void touch(FileHandle file, Path path, long size) throws IOException {
        order.use(file, size);
        Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
    }

    private Path path(FileHandle file) {
        return CacheOrder.path(root, file);
    }

    private static boolean hashesTo(FileHandle file, byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).equals(file.name());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
