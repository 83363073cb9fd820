package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobPlace;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.progress.Progress;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.IndexLoader;
import cofre.repository.pack.PackHeaders;
import cofre.repository.prune.IndexFiles;
import cofre.seal.BlobSeal;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What repairs of packs and indexes find in a repository, from the store itself, and how index files are replaced. */
final class RepairScan {
    /** Sealing the header, and the number that says how long it is. */
    private static final int HEADER_OVERHEAD = 36;

    private final Repository repository;
    private final BlobIndex index = new BlobIndex();
    private final UnpackedSeal unpacked;
    private final BlobSeal blobs;
    private final IndexFiles files;
    private final PackHeaders headers;
    private final Map<PackId, Long> stored = new HashMap<>();
    private List<IndexLoader.Skipped> damagedFiles = List.of();

    private RepairScan(Repository repository) {
        Repository.Opened opened = repository.opened();
        this.repository = repository;
        this.unpacked = new UnpackedSeal(opened.sealer(), opened.config().version());
        this.blobs = new BlobSeal(
                opened.sealer(), opened.config().version(), opened.engine().compression());
        this.files = new IndexFiles(index, opened.store(), unpacked);
        this.headers =
                new PackHeaders(opened.store(), opened.sealer(), opened.config().version());
    }

    /** Looks. The caller holds an exclusive lock. */
    static RepairScan of(Repository repository, Progress progress) throws BackendException, InterruptedException {
        RepairScan scan = new RepairScan(repository);
        progress.phase("reading indexes");
        scan.damagedFiles = new IndexLoader(
                        repository.opened().store(),
                        scan.unpacked,
                        repository.opened().engine().tuning().downloads())
                .load(scan.index, name -> true, scan.files);
        progress.phase("listing packs");
        repository
                .opened()
                .store()
                .list(FileType.DATA, file -> scan.stored.put(PackId.parse(file.name()), file.size()));
        return scan;
    }

    /** Whether the index says of a stored pack that it is as long as it is. */
    boolean hasTrueLength(PackId pack) {
        int number = index.numberOf(pack);
        if (number < 0) {
            return false;
        }
        BlobIndex.PackUse use = index.packs(number);
        return use.bytes() + HEADER_OVERHEAD + use.headerBytes() == stored.get(pack);
    }

    /** Whether the index says of the pack just what it says of itself. */
    boolean agrees(IndexFile.Pack header) {
        int number = index.numberOf(header.id());
        if (number < 0 || index.packs(number).blobs() != header.blobs().size()) {
            return false;
        }
        for (PackedBlob blob : header.blobs()) {
            if (!index.findAll(blob.blob()).contains(new BlobPlace(header.id(), blob))) {
                return false;
            }
        }
        return true;
    }

    /** Of each of these packs the blobs the index says it holds. */
    Map<PackId, Set<BlobHandle>> claims(Iterable<PackId> packs) {
        Map<PackId, Set<BlobHandle>> claims = new HashMap<>();
        packs.forEach(pack -> claims.put(pack, new LinkedHashSet<>()));
        index.forEach((blob, first) -> {
            if (claims.containsKey(first.pack())) {
                claims.get(first.pack()).add(blob);
            }
        });
        for (BlobHandle blob : index.duplicated()) {
            index.findAll(blob).stream()
                    .skip(1)
                    .filter(place -> claims.containsKey(place.pack()))
                    .forEach(place -> claims.get(place.pack()).add(blob));
        }
        return claims;
    }

    /**
     * Names {@code fresh} in new index files, writes anew what is left of those that name a pack of {@code gone}, and only then
     * removes the old ones, and those that cannot be read.
     */
    void replaceIndex(BitSet gone, List<IndexFile.Pack> fresh, RepositoryLock lock)
            throws BackendException, RepositoryException {
        lock.ensureValid();
        files.writeNow(fresh);
        dropPacks(gone, lock);
        for (IndexLoader.Skipped bad : damagedFiles) {
            delete(FileType.INDEX, bad.name(), lock);
        }
    }

    /** Writes anew what is left of index files that name a pack of {@code gone}, then removes the old ones. */
    void dropPacks(BitSet gone, RepositoryLock lock) throws BackendException, RepositoryException {
        lock.ensureValid();
        for (String old : files.replace(gone)) {
            delete(FileType.INDEX, old, lock);
        }
    }

    void delete(FileType type, String name, RepositoryLock lock) throws BackendException, RepositoryException {
        lock.ensureValid();
        repository.opened().store().delete(new FileHandle(type, name));
    }

    BlobReader reader() {
        return new BlobReader(index, repository.opened().store(), blobs);
    }

    BlobIndex index() {
        return index;
    }

    BlobSeal blobs() {
        return blobs;
    }

    UnpackedSeal unpacked() {
        return unpacked;
    }

    IndexFiles files() {
        return files;
    }

    PackHeaders headers() {
        return headers;
    }

    /** All packs of the store with their lengths. */
    Map<PackId, Long> stored() {
        return stored;
    }

    /** Index files that cannot be used. */
    List<IndexLoader.Skipped> damagedFiles() {
        return damagedFiles;
    }
}
