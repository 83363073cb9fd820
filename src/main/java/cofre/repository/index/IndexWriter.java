package cofre.repository.index;

import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes index files for packs that are on the store: one when enough blobs have gathered or the oldest has waited long
 * enough, and one at the end. Thread-safe; whoever brings the pack that fills a file writes it.
 */
public final class IndexWriter {
    /** restic's own limits: an index file has to be read whole, and an interrupted run should lose little. */
    private static final int FULL = 50_000;

    private static final long PATIENCE_NANOS = Duration.ofMinutes(10).toNanos();

    private final Backend backend;
    private final UnpackedSeal seal;
    private final BlobIndex index;
    private final LongSupplier nanoTime;
    private List<IndexFile.Pack> waiting = new ArrayList<>(); // guarded by this, as are the two below
    private int blobs;
    private long oldest;

    /** A writer of files to {@code backend}; packs become known to {@code index} as soon as they are added. */
    public IndexWriter(Backend backend, UnpackedSeal seal, BlobIndex index, LongSupplier nanoTime) {
        this.backend = backend;
        this.seal = seal;
        this.index = index;
        this.nanoTime = nanoTime;
    }

    /** The pack is on the store's stable storage. */
    public void add(IndexFile.Pack pack) throws BackendException {
        index.add(pack);
        List<IndexFile.Pack> full = null;
        synchronized (this) {
            if (waiting.isEmpty()) {
                oldest = nanoTime.getAsLong();
            }
            waiting.add(pack);
            blobs += pack.blobs().size();
            if (blobs >= FULL || nanoTime.getAsLong() - oldest > PATIENCE_NANOS) {
                full = takeWaiting();
            }
        }
        if (full != null) {
            write(full);
        }
    }

    /** Writes what is waiting. */
    public void flush() throws BackendException {
        List<IndexFile.Pack> rest;
        synchronized (this) {
            rest = takeWaiting();
        }
        if (!rest.isEmpty()) {
            write(rest);
        }
    }

    private List<IndexFile.Pack> takeWaiting() {
        List<IndexFile.Pack> taken = waiting;
        waiting = new ArrayList<>();
        blobs = 0;
        return taken;
    }

    private void write(List<IndexFile.Pack> packs) throws BackendException {
        UnpackedSeal.Stored file = seal.seal(IndexCodec.encode(new IndexFile(packs)));
        backend.put(new FileHandle(FileType.INDEX, file.name().hex()), Payload.of(file.bytes()));
        index.addFile(file.name().hex());
    }
}
