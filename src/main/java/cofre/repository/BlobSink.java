package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexWriter;
import cofre.repository.pack.PackAssembler;
import cofre.repository.pack.PackBuffer;
import cofre.repository.pack.PackBuffers;
import cofre.seal.BlobSeal;
import cofre.seal.SealException;
import cofre.seal.Sealer;
import cofre.storage.BackendException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Saves blobs: names them by their hash, leaves out those the repository has, compresses, seals and packs the others,
 * uploads full packs and then the index. Thread-safe: every thread that saves does the work for its own blob and all fill
 * the same packs, so saving uses as many cores as there are callers. Memory is a fixed number of packs; a store that is
 * slower than the callers makes them wait.
 */
public final class BlobSink implements AutoCloseable {
    /**
     * What was saved so far.
     *
     * @param dataBlobs new data blobs
     * @param treeBlobs new tree blobs
     * @param plainBytes their length before compression
     * @param packedBytes their length as stored
     */
    public record Counts(long dataBlobs, long treeBlobs, long plainBytes, long packedBytes) {}

    /**
     * Where packs go.
     *
     * @param store the store
     * @param tuning sizes and numbers
     * @param announce is told of every pack before it is sent
     * @param lock under which they are sent
     */
    record Target(Store store, Tuning tuning, Consumer<PackId> announce, RepositoryLock lock) {}

    private final ThreadLocal<KeptBytes> kept = ThreadLocal.withInitial(KeptBytes::new);
    private final BlobIndex index;
    private final BlobSeal seal;
    private final PackUploads uploads;
    private final PackBuffers stock;
    private final PackAssembler data;
    private final PackAssembler trees;
    private final Map<BlobHandle, Boolean> underWay = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong dataBlobs = new AtomicLong();
    private final AtomicLong treeBlobs = new AtomicLong();
    private final AtomicLong plainBytes = new AtomicLong();
    private final AtomicLong packedBytes = new AtomicLong();

    BlobSink(BlobIndex index, BlobSeal seal, Sealer sealer, IndexWriter indexWriter, Target target) {
        this.index = index;
        this.seal = seal;
        this.stock = new PackBuffers(
                target.tuning().packSize(), target.tuning().uploads() + 2); // two are being filled: data and trees
        this.uploads = new PackUploads(sealer, indexWriter, target, this::uploaded, this::uploadFailed);
        this.data = new PackAssembler(stock, uploads::submit);
        this.trees = new PackAssembler(stock, uploads::submit);
    }

    /** Whether the repository has this blob, or will have it after the next {@link #flush}. */
    public boolean isKnown(BlobHandle blob) {
        return index.contains(blob) || underWay.containsKey(blob);
    }

    /**
     * Saves a blob unless it is known. The bytes may be overwritten when this returns.
     *
     * @return its id
     * @throws BackendException when an upload, of this blob or another, came to nothing; so does every later call
     */
    public BlobId save(BlobType type, byte[] bytes, int offset, int length)
            throws BackendException, RepositoryException, InterruptedException {
        check();
        BlobId id = new BlobId(Sha256.hash(bytes, offset, length));
        BlobHandle blob = new BlobHandle(type, id);
        if (index.contains(blob) || underWay.putIfAbsent(blob, true) != null) {
            return id;
        }
        if (index.contains(blob)) { // its upload ended between the two looks
            underWay.remove(blob);
            return id;
        }
        try {
            store(blob, bytes, offset, length);
        } catch (BackendException | RepositoryException | InterruptedException | RuntimeException | Error e) {
            fail(e); // others may have been told that this blob is under way: nothing may be flushed any more
            throw e;
        }
        return id;
    }

    private void store(BlobHandle blob, byte[] bytes, int offset, int length)
            throws BackendException, RepositoryException, InterruptedException {
        byte[] sealed = kept.get().of(Math.addExact(seal.maxSealedLength(blob.type(), length), length));
        BlobSeal.Sealed result = seal.seal(blob.type(), bytes, offset, length, sealed, 0);
        PackAssembler assembler = blob.type() == BlobType.TREE ? trees : data;
        PackBuffer.Slot slot;
        try {
            slot = assembler.reserve(blob, result.length(), result.uncompressedLength());
        } catch (IllegalStateException e) {
            check(); // says why no memory comes back any more
            throw e;
        }
        System.arraycopy(sealed, 0, slot.bytes(), slot.offset(), result.length());
        // Before it is filled, so that a pack with a blob that does not open is never sent.
        verify(new PackedBlob(blob, slot.offset(), result.length(), result.uncompressedLength()), slot.bytes(), sealed);
        assembler.fill(slot);
        (blob.type() == BlobType.TREE ? treeBlobs : dataBlobs).incrementAndGet();
        plainBytes.addAndGet(length);
        packedBytes.addAndGet(result.length());
    }

    /** A bit that flips in memory now would be noticed years later, when the file is needed: so open what was sealed. */
    private void verify(PackedBlob placed, byte[] pack, byte[] room) throws RepositoryException {
        try {
            seal.openInto(placed, pack, Math.toIntExact(placed.offset()), room);
        } catch (SealException e) {
            RepositoryException damaged = new RepositoryException.Damaged(
                    "cannot save " + placed.blob() + ": what was just sealed does not open again (" + e.getMessage()
                            + "); nothing was uploaded; this machine's memory or processor is faulty",
                    e);
            fail(damaged);
            throw damaged;
        }
    }

    /** Returns when every blob saved before is in a pack, and every pack in an index, on the store's stable storage. */
    public void flush() throws BackendException, RepositoryException, InterruptedException {
        data.flush();
        trees.flush();
        uploads.awaitAll();
        check();
        uploads.flushIndex();
    }

    /** What was saved so far. */
    public Counts counts() {
        return new Counts(dataBlobs.get(), treeBlobs.get(), plainBytes.get(), packedBytes.get());
    }

    /** Ends the uploads, finished or not. What was not flushed may or may not be on the store. */
    @Override
    public void close() {
        stock.breakWaits();
        uploads.close();
    }

    private void uploaded(PackBuffer pack, IndexFile.Pack content) {
        content.blobs().forEach(placed -> underWay.remove(placed.blob()));
        stock.release(pack);
    }

    private void uploadFailed(Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        uploads.abandon();
        stock.breakWaits();
    }

    private void check() throws BackendException, RepositoryException {
        Throwable cause = failure.get();
        if (cause instanceof BackendException e) {
            throw e;
        }
        if (cause instanceof RepositoryException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        if (cause != null) {
            throw new IllegalStateException("cannot save more blobs: an upload ended with " + cause, cause);
        }
    }
}
