package cofre.repository.check;

import cofre.format.BlobPlace;
import cofre.format.FormatException;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.progress.Progress;
import cofre.repository.check.Finding.Severity;
import cofre.repository.index.BlobIndex;
import cofre.seal.BlobSeal;
import cofre.seal.SealException;
import cofre.seal.Sealer;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads every pack whole: its name must be its hash, its header must list what the index says, and every blob must open
 * and hash to its id. Several threads, one pack's memory each. What is wrong is told at the end, by {@link DamagedPacks}.
 */
public final class DataCheck {
    private static final int LENGTH_FIELD = 4;
    private static final long MAX_PACK = 256L << 20;

    /** What one thread reads into, again and again. */
    private static final class Memory {
        private byte[] pack = new byte[0];
        private byte[] opened = new byte[0];

        static byte[] atLeast(int length, byte[] kept) {
            return kept.length < length ? new byte[length + length / 8] : kept;
        }
    }

    private final BlobIndex index;
    private final Backend store;
    private final Sealer sealer;
    private final BlobSeal blobs;
    private final int version;
    private final Findings findings;
    private final DamagedPacks damaged;
    private final ReadTracker tracker;
    private final Progress progress;
    private final Map<PackId, Integer> claims = new HashMap<>();

    /** A check of packs in {@code store} against {@code index}. */
    public DataCheck(
            BlobIndex index,
            Backend store,
            Sealer sealer,
            BlobSeal blobs,
            int version,
            Findings findings,
            DamagedPacks damaged,
            ReadTracker tracker,
            Progress progress) {
        this.damaged = damaged;
        this.tracker = tracker;
        this.index = index;
        this.store = store;
        this.sealer = sealer;
        this.blobs = blobs;
        this.version = version;
        this.findings = findings;
        this.progress = progress;
        index.packs().forEach(use -> claims.put(use.id(), use.blobs()));
    }

    /** Checks these packs, each with its length, with so many threads. */
    public void run(Map<PackId, Long> packs, int threads) throws BackendException, InterruptedException {
        progress.phase("reading packs");
        progress.total(
                packs.size(), packs.values().stream().mapToLong(Long::longValue).sum());
        BlockingQueue<Map.Entry<PackId, Long>> queue = new LinkedBlockingQueue<>(packs.entrySet());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] workers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Thread(() -> work(queue, failure), "cofre-check");
            workers[i].setDaemon(true);
            workers[i].start();
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            queue.clear();
            for (Thread worker : workers) {
                worker.interrupt();
            }
            throw e;
        }
        rethrow(failure.get());
    }

    private static void rethrow(Throwable failure) throws BackendException {
        if (failure instanceof BackendException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    private void work(BlockingQueue<Map.Entry<PackId, Long>> queue, AtomicReference<Throwable> failure) {
        Memory memory = new Memory();
        try {
            for (Map.Entry<PackId, Long> next = queue.poll(); next != null; next = queue.poll()) {
                if (next.getValue() > MAX_PACK) {
                    damaged.add(next.getKey(), next.getValue() + " bytes vs at most " + MAX_PACK);
                    tracker.read(next.getKey());
                    continue;
                }
                int length = Math.toIntExact(next.getValue());
                memory.pack = Memory.atLeast(length, memory.pack);
                pack(next.getKey(), memory, length);
                tracker.read(next.getKey());
                progress.add(1, length);
            }
        } catch (BackendException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            queue.clear();
        }
    }

    private void pack(PackId pack, Memory memory, int length) throws BackendException {
        byte[] bytes = memory.pack;
        try {
            store.read(new FileHandle(FileType.DATA, pack.hex()), 0, bytes, 0, length);
            Sha256 actual = Sha256.hash(bytes, 0, length);
            if (!actual.equals(pack.hash())) {
                damaged.add(pack, "its bytes hash to " + actual + " vs its name");
            }
            int indexed = 0;
            for (PackedBlob blob : header(bytes, length)) {
                indexed += blob(pack, blob, memory) ? 1 : 0;
            }
            int claimed = claims.getOrDefault(pack, 0);
            if (indexed < claimed) {
                damaged.add(
                        pack,
                        "the index says that it holds " + claimed + " blobs, of which " + (claimed - indexed)
                                + " are not in it");
            }
        } catch (BackendException.NotFound | BackendException.Corrupt | FormatException | SealException e) {
            damaged.add(pack, e.getMessage());
        }
    }

    private List<PackedBlob> header(byte[] bytes, int length) throws FormatException, SealException {
        int end = length - LENGTH_FIELD;
        if (end < 0) {
            throw new FormatException(length + " bytes vs a header at the end");
        }
        int sealed = PackHeaderCodec.sealedLength(bytes, end, length);
        return PackHeaderCodec.decode(sealer.open(bytes, end - sealed, sealed), length, version);
    }

    /** True when the index knows it there. */
    private boolean blob(PackId pack, PackedBlob blob, Memory memory) {
        try {
            memory.opened = Memory.atLeast(BlobSeal.roomToOpen(blob), memory.opened);
            blobs.openInto(blob, memory.pack, Math.toIntExact(blob.offset()), memory.opened);
        } catch (SealException e) {
            damaged.add(pack, e.getMessage());
        }
        boolean isIndexed = index.findAll(blob.blob()).contains(new BlobPlace(pack, blob));
        if (!isIndexed) {
            findings.add(
                    Severity.WARNING,
                    "pack " + pack.hex(),
                    "the index does not say that it holds " + blob.blob() + " at " + blob.offset(),
                    "nothing is lost; to add it: cofre repair index " + findings.repository());
        }
        return isIndexed;
    }
}
