package cofre.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which cached files were used last, and how much room all take; begins with what earlier processes left, by mtime. */
final class CacheOrder {
    private static final Logger LOG = LoggerFactory.getLogger(CacheOrder.class);

    private final Path root;
    /** Least recently used first. Guarded by this. */
    private final Map<FileHandle, Long> sizes = new LinkedHashMap<>(64, 0.75f, true);

    private long total;
    private boolean loaded;

    CacheOrder(Path root) {
        this.root = root;
    }

    static Path path(Path root, FileHandle file) {
        return root.resolve(file.type().folder())
                .resolve(file.name().substring(0, 2))
                .resolve(file.name());
    }

    /** Looks once at what is there; to be called before this process makes its first temporary file. */
    synchronized void open() {
        load();
    }

    synchronized void use(FileHandle file, long size) {
        load();
        Long before = sizes.put(file, size);
        total += size - (before == null ? 0 : before);
    }

    synchronized void remove(FileHandle file) {
        load();
        Long before = sizes.remove(file);
        total -= before == null ? 0 : before;
    }

    /** Names to {@code dropping} the longest unused files, until the rest takes at most {@code maxBytes}. */
    void evict(long maxBytes, Consumer<FileHandle> dropping) {
        List<FileHandle> victims = new ArrayList<>();
        synchronized (this) {
            long left = total;
            for (Map.Entry<FileHandle, Long> entry : sizes.entrySet()) {
                if (left <= maxBytes) {
                    break;
                }
                victims.add(entry.getKey());
                left -= entry.getValue();
            }
        }
        victims.forEach(dropping);
    }

    private void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        List<Found> found = new ArrayList<>();
        for (FileType type : FileType.values()) {
            Path folder = root.resolve(type.folder());
            if (type != FileType.CONFIG && Files.isDirectory(folder)) {
                scan(type, folder, found);
            }
        }
        found.sort(Comparator.comparingLong(Found::mtime));
        for (Found entry : found) {
            sizes.put(entry.file, entry.size);
            total += entry.size;
        }
    }

    private static void scan(FileType type, Path folder, List<Found> into) {
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            paths.forEach(path -> inspect(type, path).ifPresent(into::add));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot look through cache folder={} cause={}", folder, e.toString());
        }
    }

    private static Optional<Found> inspect(FileType type, Path path) {
        String name = path.getFileName().toString();
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile() && name.startsWith(".tmp-")) {
                // Left by a process that died; a living one recreates what it misses.
                Files.deleteIfExists(path);
            }
            if (!attributes.isRegularFile() || !FileHandle.isValidName(name)) {
                return Optional.empty();
            }
            long mtime = attributes.lastModifiedTime().toMillis();
            return Optional.of(new Found(new FileHandle(type, name), attributes.size(), mtime));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Found(FileHandle file, long size, long mtime) {}
}
