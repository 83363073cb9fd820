package cofre.repository;

import cofre.chunk.Polynomial;
import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.KeyId;
import cofre.format.PackId;
import cofre.format.RepositoryConfig;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexLoader;
import cofre.repository.index.IndexWriter;
import cofre.repository.lock.LockStore;
import cofre.repository.pack.PackHeaders;
import cofre.seal.BlobSeal;
import cofre.seal.KeyRing;
import cofre.seal.Sealer;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * An opened repository. May be used by several threads; the index is loaded by whoever needs blobs, before they do.
 * Closing wipes the key.
 */
public final class Repository implements AutoCloseable {

    /** What opening found. */
    record Opened(Store at, Engine engine, RepositoryKeys.Opened key, Sealer sealer, RepositoryConfig config) {
        Backend store() {
            return at.direct();
        }

        Backend cached() {
            return at.cached();
        }
    }

    private final Opened opened;
    private final UnpackedSeal unpacked;
    private final BlobSeal blobs;
    private final SnapshotRecords records;
    private volatile BlobIndex index = new BlobIndex();
    private volatile Consumer<PackId> announce = pack -> {};
    private volatile Consumer<BadCopy> whenBad = copy -> {};

    Repository(Opened opened) {
        this.opened = opened;
        this.unpacked = new UnpackedSeal(opened.sealer(), opened.config().version());
        this.records = new SnapshotRecords(opened.store(), unpacked);
        this.blobs = new BlobSeal(
                opened.sealer(), opened.config().version(), opened.engine().compression());
    }

    /** What its config file says. */
    public RepositoryConfig config() {
        return opened.config();
    }

    /** The chunker's polynomial. */
    public Polynomial polynomial() {
        return new Polynomial(opened.config().polynomial());
    }

    /** The key file the password opened. */
    public KeyId keyId() {
        return opened.key().id();
    }

    /** Where it is, without credentials. */
    public String location() {
        return opened.store().location();
    }

    /**
     * Names of what the store itself has now.
     *
     * @param keys key files
     * @param points restore points, readable or not
     * @param indexes how many index files
     */
    public record Names(Set<KeyId> keys, Set<SnapshotId> points, int indexes) {}

    /** What there is, by name only: three listings. */
    public Names names() throws BackendException {
        Set<KeyId> keys = new HashSet<>();
        Set<SnapshotId> points = new HashSet<>();
        int[] indexes = new int[1];
        opened.store().list(FileType.KEYS, file -> keys.add(KeyId.parse(file.name())));
        opened.store().list(FileType.SNAPSHOTS, file -> points.add(SnapshotId.parse(file.name())));
        opened.store().list(FileType.INDEX, file -> indexes[0]++);
        return new Names(keys, points, indexes[0]);
    }

    /** The host that has it open, by the name its keys, locks and restore points carry. */
    public String host() {
        return opened.engine().holder().rules().hostname();
    }

    /** The time, by the clock its keys, locks and restore points carry. */
    public Instant now() {
        return opened.engine().holder().clock().instant();
    }

    /** The stored bytes of the key file in use, for keeping elsewhere: useless without the password. */
    public byte[] exportKey() throws BackendException {
        return new RepositoryKeys(opened.store(), new KeyRing(opened.engine().random()))
                .export(opened.key().id());
    }

    /** Tells {@code listener} of every pack before it is sent, so that an interrupted run can find it again. */
    public void announcePacksTo(Consumer<PackId> listener) {
        announce = listener;
    }

    /** Tells {@code listener} of every copy of a blob that is met and does not give it; from any thread. */
    public Repository tellBadCopiesTo(Consumer<BadCopy> listener) {
        whenBad = listener;
        return this;
    }

    /** Takes a lock under which others may read and add. */
    public RepositoryLock lockShared() throws BackendException, RepositoryException, InterruptedException {
        return RepositoryLock.take(lockStore(), opened.engine().holder(), false);
    }

    /** The same for whoever adds: a lock that somebody holds alone for moments only, as a prune does, is waited for. */
    public RepositoryLock lockToAdd() throws BackendException, RepositoryException, InterruptedException {
        return RepositoryLock.takeToAdd(lockStore(), opened.engine().holder());
    }

    /** Takes a lock under which nobody else may work. */
    public RepositoryLock lockExclusive() throws BackendException, RepositoryException, InterruptedException {
        return RepositoryLock.take(lockStore(), opened.engine().holder(), true);
    }

    private LockStore lockStore() {
        return new LockStore(opened.store(), unpacked);
    }

    /** All snapshots that can be read, in no order. One that cannot is reported and left out. Read before the index. */
    public List<StoredSnapshot> snapshots(Progress progress) throws BackendException {
        return records.all(opened.cached(), Set.of(), (id, reason) -> progress.message(Level.WARNING, reason));
    }

    /** The same from the store itself, never from a cache; those that cannot be read go to {@code unreadable}. */
    List<StoredSnapshot> snapshotsOfStore(BiConsumer<SnapshotId, String> unreadable) throws BackendException {
        return snapshotsOfStore(Set.of(), unreadable);
    }

    /** The same without those that are {@code known}. */
    List<StoredSnapshot> snapshotsOfStore(Set<SnapshotId> known, BiConsumer<SnapshotId, String> unreadable)
            throws BackendException {
        return records.all(opened.store(), known, unreadable);
    }

    /** One snapshot, as the store itself has it now. */
    public Snapshot snapshot(SnapshotId id) throws BackendException, RepositoryException {
        return records.open(id, records.stored(id));
    }

    /** Writes a snapshot. All it names must have been flushed before. */
    public SnapshotId saveSnapshot(Snapshot snapshot) throws BackendException {
        return records.save(snapshot);
    }

    /**
     * Removes the record of a snapshot, and nothing of what it names: that is for prune, once nothing names it. One that is
     * gone already counts as removed.
     *
     * @param lock an exclusive one: a run may be about to rely on the record
     */
    public void forget(SnapshotId id, RepositoryLock lock) throws BackendException, RepositoryException {
        lock.ensureValid();
        records.delete(id);
    }

    /** The record of a snapshot as the store has it, sealed: put back byte by byte it has the same name. */
    public byte[] storedRecord(SnapshotId id) throws BackendException, RepositoryException {
        byte[] stored = records.stored(id);
        records.open(id, stored);
        return stored;
    }

    /** What such a record says. */
    public Snapshot openRecord(SnapshotId id, byte[] stored) throws RepositoryException {
        return records.open(id, stored);
    }

    /**
     * Puts such a record back. All it names must be there, which {@link #missing} tells while the same lock is held.
     *
     * @param lock under which nothing is removed
     */
    public void putBack(SnapshotId id, byte[] stored, RepositoryLock lock)
            throws BackendException, RepositoryException {
        records.open(id, stored);
        lock.ensureValid();
        records.putBack(id, stored);
    }

    /** What a restore point with this root needs and is not there, as the end of a sentence; empty when all is. By the index as loaded last. */
    public Optional<String> missing(BlobId root) throws BackendException, InterruptedException {
        return new PointNeeds(index, new BlobReader(index, opened.cached(), blobs), blob -> false).missing(root);
    }

    /**
     * Makes sure that the store itself has the snapshot as it was written, and its root tree.
     *
     * @throws RepositoryException.Damaged when what comes back is something else
     */
    public void readBack(SnapshotId id, Snapshot written) throws BackendException, RepositoryException {
        Snapshot back = snapshot(id);
        if (!back.tree().equals(written.tree())) {
            throw new RepositoryException.Damaged(
                    "cannot trust restore point " + id + ": read back with tree " + back.tree() + " vs "
                            + written.tree() + "; it does not count as made; run cofre check",
                    null);
        }
        new BlobReader(index, opened.store(), blobs).read(BlobHandle.tree(back.tree()));
    }

    /** Reads all index files anew. Bad ones are reported and skipped. Read after the snapshots. */
    public void loadIndex(Progress progress) throws BackendException, InterruptedException {
        BlobIndex fresh = new BlobIndex();
        new IndexLoader(opened.cached(), unpacked, opened.engine().tuning().downloads())
                .load(fresh)
                .forEach(skipped -> progress.message(
                        Level.WARNING, skipped.reason() + "; what only it knows is missing; run cofre check"));
        fresh.packs().stream()
                .filter(BlobIndex.PackUse::isMetadata)
                .forEach(pack -> opened.at().metadata().accept(pack.id()));
        index = fresh;
    }

    /** The index as loaded last. */
    public BlobIndex index() {
        return index;
    }

    /** Whether the repository has the blob, by the index as loaded last and what was added since. */
    public boolean isKept(BlobHandle blob) {
        return index.contains(blob);
    }

    /**
     * Names of the index files that were loaded or written: as long as all of them are in the repository, so is every blob
     * they name, as whoever removes a blob writes other index files.
     */
    public Set<String> indexFiles() {
        return index.files();
    }

    /**
     * Brings packs into the index that an interrupted run of ours had sent, but not indexed; those that never arrived are
     * passed over. Only for packs we know to be ours and recent: a pack without index may also be one that is about to be
     * deleted.
     *
     * @return how many were brought in
     */
    public int adopt(Collection<PackId> packs) throws BackendException {
        IndexWriter writer = indexWriter();
        PackHeaders headers =
                new PackHeaders(opened.store(), opened.sealer(), opened.config().version());
        int adopted = 0;
        for (PackId pack : packs) {
            if (!index.containsPack(pack)) {
                var content = headers.read(pack);
                if (content.isPresent()) {
                    writer.add(content.get());
                    adopted++;
                }
            }
        }
        writer.flush();
        return adopted;
    }

    private IndexWriter indexWriter() {
        return new IndexWriter(opened.store(), unpacked, index, opened.engine().nanoTime());
    }

    /** Saves blobs, as long as the lock is held. */
    public BlobSink newSink(RepositoryLock lock) {
        return new BlobSink(
                index,
                blobs,
                opened.sealer(),
                indexWriter(),
                new BlobSink.Target(opened.at(), opened.engine().tuning(), announce, lock));
    }

    /** Reads blobs by the index as loaded last. */
    public BlobReader reader() {
        return new BlobReader(index, opened.cached(), blobs, copy -> whenBad.accept(copy));
    }

    /**
     * Copies that were found bad earlier count for nothing from now on, in the index as loaded last.
     *
     * @return blobs that have no other copy: they do not count as kept, so that whoever has their bytes saves them again
     */
    public Set<BlobHandle> distrust(Collection<BadCopy> copies) {
        Map<BlobHandle, Set<PackId>> bad = new HashMap<>();
        for (BadCopy copy : copies) {
            Set<PackId> packs = bad.computeIfAbsent(copy.blob(), blob -> new HashSet<>());
            copy.pack().ifPresent(packs::add);
        }
        Set<BlobHandle> lost = new HashSet<>();
        bad.forEach((blob, packs) -> {
            if (index.findAll(blob).stream().allMatch(place -> packs.contains(place.pack()))) {
                index.distrust(blob);
                lost.add(blob);
            }
        });
        return lost;
    }

    /** What checking needs to know. */
    Opened opened() {
        return opened;
    }

    /**
     * The same repository with an index of its own, for one piece of work: what it loads is gone with it. Not to be closed,
     * and not to be used after this one is.
     */
    public Repository session() {
        return new Repository(opened);
    }

    /** The same repository after the key it was opened with has been replaced by this one. To be closed instead of this. */
    public Repository withKey(KeyId key) {
        RepositoryKeys.Opened same = new RepositoryKeys.Opened(key, opened.key().master());
        return new Repository(new Opened(opened.at(), opened.engine(), same, opened.sealer(), opened.config()));
    }

    @Override
    public void close() {
        opened.key().master().close();
    }
}
