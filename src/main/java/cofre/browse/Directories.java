package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.FormatException;
import cofre.format.PackedBlob;
import cofre.progress.Ticker;
import cofre.repository.RepositoryException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories by their tree's id: from memory, else from local disk, else from the store, for which whoever asks waits no
 * longer than metadata may take. Thread-safe.
 */
final class Directories {
    private static final Logger LOG = LoggerFactory.getLogger(Directories.class);

    /** A directory found damaged is not asked for again before that: each time costs an index. */
    private static final long DAMAGED_NANOS = Duration.ofMinutes(1).toNanos();

    private final Ticker ticker;
    private final long deadline;
    private final WeightedCache<BlobId, Directory> decoded;
    private final Map<BlobId, CompletableFuture<Directory>> decoding = new ConcurrentHashMap<>();
    private final Map<BlobId, Damage> damaged = new ConcurrentHashMap<>();

    Directories(BrowseLimits limits, Ticker ticker) {
        this.ticker = ticker;
        this.deadline = limits.metadata().toNanos();
        this.decoded = new WeightedCache<>(limits.treeMemory(), Directory::weight);
    }

    private record Damage(String message, long nanos) {}

    /** A directory of a repository. */
    Directory get(Archive archive, BlobId id) throws BrowseException {
        Optional<Directory> there = decoded.get(id);
        if (there.isPresent()) {
            return there.get();
        }
        Optional<Directory> local = fromDisk(archive, id);
        return local.isPresent() ? local.get() : fromStore(archive, id);
    }

    /** Several who want one directory decode it once. */
    private Optional<Directory> fromDisk(Archive archive, BlobId id) throws BrowseException {
        if (archive.local().isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<Directory> mine = new CompletableFuture<>();
        CompletableFuture<Directory> theirs = decoding.putIfAbsent(id, mine);
        if (theirs != null) {
            return Optional.ofNullable(Flights.await(theirs, deadline, "cannot read directory " + id));
        }
        Directory found = null;
        try {
            Optional<byte[]> plain = plain(archive.local().get(), id);
            Optional<Directory> read =
                    plain.isPresent() ? Optional.of(directory(archive, id, plain.get())) : Optional.empty();
            read.ifPresent(directory -> decoded.put(id, directory));
            found = read.orElse(null);
            return read;
        } catch (BrowseException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            decoding.remove(id, mine);
            mine.complete(found);
        }
    }

    /** A tree's plain bytes from local disk; what does not open is dropped there. */
    static Optional<byte[]> plain(Archive.Local local, BlobId id) {
        Optional<SealedTree> sealed = local.trees().read(id);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        try {
            SealedTree tree = sealed.get();
            return Optional.of(PartReader.open(local.opener(), tree.place(), tree.sealed(), tree.offset()));
        } catch (RepositoryException e) {
            local.trees().drop(id);
            return Optional.empty();
        }
    }

    private Directory fromStore(Archive archive, BlobId id) throws BrowseException {
        Damage damage = damaged.get(id);
        if (damage != null && ticker.nanos() - damage.nanos() < DAMAGED_NANOS) {
            throw new BrowseException.Damaged(damage.message(), null);
        }
        archive.breaker().ensureClosed();
        try {
            return Flights.await(
                    archive.treeFlights().join(id, () -> fetch(archive, id)), deadline, "cannot read directory " + id);
        } catch (BrowseException.Unavailable e) {
            if (Flights.isLate(e)) {
                archive.breaker().open();
            }
            throw e;
        } catch (BrowseException.Damaged e) {
            damaged.put(id, new Damage(e.getMessage(), ticker.nanos()));
            throw e;
        }
    }

    private Directory fetch(Archive archive, BlobId id) throws BrowseException {
        Archive.Local local = archive.open();
        Optional<byte[]> there = plain(local, id); // opening it may have been all that was missing
        Directory directory = directory(archive, id, there.isPresent() ? there.get() : fetchAnew(archive, local, id));
        decoded.put(id, directory);
        damaged.remove(id);
        return directory;
    }

    private static byte[] fetchAnew(Archive archive, Archive.Local local, BlobId id) throws BrowseException {
        return new OneBlob(archive, (place, stored, at) -> keep(local.trees(), place, stored, at))
                .read(BlobHandle.tree(id));
    }

    /** One too large for memory is read again where it is looked at. */
    private Directory directory(Archive archive, BlobId id, byte[] plain) throws BrowseException {
        return directory(id, plain, () -> again(archive, id));
    }

    static Directory directory(BlobId id, byte[] plain, Directory.Plain again) throws BrowseException {
        try {
            return Directory.of(plain, again);
        } catch (FormatException e) {
            throw new BrowseException.Damaged("cannot read directory " + id + ": " + e.getMessage(), e);
        }
    }

    private byte[] again(Archive archive, BlobId id) throws BrowseException {
        Archive.Local local = archive.local().orElseThrow();
        Optional<byte[]> there = plain(local, id);
        if (there.isPresent()) {
            return there.get();
        }
        archive.breaker().ensureClosed();
        return Flights.await(
                archive.largeTrees().join(id, () -> fetchAnew(archive, local, id)),
                deadline,
                "cannot read directory " + id);
    }

    /** On local disk. What cannot be kept there is only slower. */
    static void keep(TreeStore trees, BlobPlace place, byte[] sealed, int at) {
        PackedBlob blob = place.blob();
        try {
            trees.keep(new SealedTree(blob.blob().id(), blob.uncompressedLength(), sealed, at, blob.length()));
        } catch (IOException e) {
            LOG.warn("directory not kept on local disk cause={}", e.toString());
        }
    }

    /** Bytes of decoded directories in memory. */
    long memory() {
        return decoded.weight();
    }
}
