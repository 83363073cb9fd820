package cofre.repository;

import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.Sha256;
import cofre.repository.index.IndexWriter;
import cofre.repository.pack.PackBuffer;
import cofre.seal.Sealer;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finishes packs (header, name) and sends them, several at once; each becomes known to the index once the store has it.
 * Thread-safe.
 */
final class PackUploads {
    /** The number behind the header that says how long it is. */
    private static final int LENGTH_FIELD = 4;

    private static final long STOP_SECONDS = 10;

    private final Sealer sealer;
    private final IndexWriter index;
    private final BlobSink.Target target;
    private final BiConsumer<PackBuffer, IndexFile.Pack> whenUploaded;
    private final Consumer<Throwable> whenFailed;
    private final ExecutorService threads;
    private int underWay; // guarded by this, as is the next
    private boolean abandoned;

    PackUploads(
            Sealer sealer,
            IndexWriter index,
            BlobSink.Target target,
            BiConsumer<PackBuffer, IndexFile.Pack> whenUploaded,
            Consumer<Throwable> whenFailed) {
        this.sealer = sealer;
        this.index = index;
        this.target = target;
        this.whenUploaded = whenUploaded;
        this.whenFailed = whenFailed;
        this.threads = Executors.newFixedThreadPool(target.tuning().uploads(), task -> {
            Thread thread = new Thread(task, "cofre-upload");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a complete pack; returns at once. The number waiting is bounded by the stock of packs. */
    void submit(PackBuffer pack) {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            underWay++;
            threads.execute(() -> upload(pack));
        }
    }

    private void upload(PackBuffer pack) {
        try {
            synchronized (this) {
                if (abandoned) {
                    return;
                }
            }
            target.lock().ensureValid();
            IndexFile.Pack content = send(pack);
            index.add(content);
            whenUploaded.accept(pack, content);
        } catch (BackendException | RepositoryException | RuntimeException | Error e) {
            whenFailed.accept(e);
        } finally {
            synchronized (this) {
                underWay--;
                notifyAll();
            }
        }
    }

    private IndexFile.Pack send(PackBuffer pack) throws BackendException {
        byte[] header = PackHeaderCodec.encode(pack.blobs());
        int end = pack.used();
        int sealed = sealer.seal(header, 0, header.length, pack.bytes(), end);
        PackHeaderCodec.writeLength(sealed, pack.bytes(), end + sealed);
        int length = end + sealed + LENGTH_FIELD;
        PackId id = new PackId(Sha256.hash(pack.bytes(), 0, length));
        target.announce().accept(id); // before it is sent: a run that dies now finds it again
        if (pack.blobs().stream().allMatch(placed -> placed.blob().type() == BlobType.TREE)) {
            target.store().metadata().accept(id);
        }
        target.store().cached().put(new FileHandle(FileType.DATA, id.hex()), Payload.of(pack.bytes(), 0, length));
        return new IndexFile.Pack(id, pack.blobs());
    }

    /** Returns when nothing is under way any more. */
    synchronized void awaitAll() throws InterruptedException {
        while (underWay > 0 && !abandoned) {
            wait();
        }
    }

    /** Writes the index of what was uploaded. */
    void flushIndex() throws BackendException {
        index.flush();
    }

    /** Something failed: nothing more is sent, and waits end. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** Ends all uploads and waits a bounded time for their threads. */
    void close() {
        abandon();
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
