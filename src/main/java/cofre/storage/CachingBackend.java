package cofre.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keeps copies of index files, snapshots and packs of trees in a local directory: they are small, read again and again, and
 * named by their hash, so that a copy is either right or dropped. A range of a pack of trees fetches the whole pack once.
 */
public final class CachingBackend implements Backend {
    /** Fetches of one file by several threads wait for each other; of others, only by chance. */
    private static final int STRIPES = 64;

    private final Backend inner;
    private final FileCache cache;
    private final Predicate<FileHandle> metadata;
    private final Object[] stripes = new Object[STRIPES];

    /**
     * @param directory of this repository alone; made with mode 0700 when it is missing
     * @param maxBytes what all copies together may take; a file larger than a quarter of it is not kept
     * @param clock stamps each use, for the order of leaving
     * @param metadata tells which packs hold trees; asked for {@link FileType#DATA} only, by any thread
     */
    public CachingBackend(Backend inner, Path directory, long maxBytes, Clock clock, Predicate<FileHandle> metadata) {
        this.inner = inner;
        this.cache = new FileCache(directory, maxBytes, clock);
        this.metadata = metadata;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** Forgets the copy, after the caller found bytes of it wrong; the next read asks the store. */
    public void forget(FileHandle file) {
        if (isCached(file)) {
            cache.drop(file);
        }
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        inner.create();
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        return inner.size(file);
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        if (!isCached(file)) {
            return inner.get(file, maxLength);
        }
        synchronized (stripe(file)) {
            Optional<byte[]> copy = cache.get(file, maxLength);
            if (copy.isPresent()) {
                return copy.get();
            }
            byte[] bytes = inner.get(file, maxLength);
            cache.keep(file, bytes);
            return bytes;
        }
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        if (file.type() != FileType.DATA || !isCached(file) || !readCached(file, offset, into, at, length)) {
            inner.read(file, offset, into, at, length);
        }
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        inner.put(file, payload);
        if (isCached(file)) {
            cache.keep(file, payload);
        }
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        inner.list(type, each);
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        if (isCached(file)) {
            cache.drop(file);
        }
        inner.delete(file);
    }

    @Override
    public void close() {
        inner.close();
    }

    private boolean isCached(FileHandle file) {
        return switch (file.type()) {
            case INDEX, SNAPSHOTS -> true;
            case DATA -> metadata.test(file);
            case CONFIG, KEYS, LOCKS -> false;
        };
    }

    /** Serves the range from the copy, which is fetched when missing; false when the store has to be asked. */
    private boolean readCached(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        if (cache.read(file, offset, into, at, length)) {
            return true;
        }
        synchronized (stripe(file)) {
            if (cache.read(file, offset, into, at, length)) {
                return true;
            }
            Optional<byte[]> pack = cache.get(file, Integer.MAX_VALUE);
            if (pack.isEmpty()) {
                pack = fetch(file);
            }
            if (pack.isEmpty() || offset > pack.get().length - (long) length) {
                return false;
            }
            System.arraycopy(pack.get(), (int) offset, into, at, length);
            return true;
        }
    }

    /** The whole pack, if it is worth keeping and sound; a damaged one may still hold the range that was asked for. */
    private Optional<byte[]> fetch(FileHandle file) throws BackendException {
        long size = inner.size(file);
        if (!cache.fits(size)) {
            return Optional.empty();
        }
        try {
            byte[] pack = inner.get(file, size);
            cache.keep(file, pack);
            return Optional.of(pack);
        } catch (BackendException.Corrupt e) {
            return Optional.empty();
        }
    }

    private Object stripe(FileHandle file) {
        return stripes[Math.floorMod(file.hashCode(), STRIPES)];
    }
}
