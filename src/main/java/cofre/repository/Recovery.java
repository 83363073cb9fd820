package cofre.repository;

import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.FormatException;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.format.TreeEncoder;
import cofre.path.RawName;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.storage.BackendException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a restore point of all directories that no restore point has, such as those of one whose record was lost. Adds, and
 * removes nothing. For one thread and one use; remembers the ids of all directories.
 */
public final class Recovery {
    /** The tag and the path restic gives such a restore point too. */
    private static final String TAG = "recovered";

    private static final String PATH = "/recover";

    private final Repository repository;
    private final Progress progress;
    private final RepairLog log;

    /** A recovery in an opened repository. */
    public Recovery(Repository repository, Progress progress) {
        this.repository = repository;
        this.progress = progress;
        this.log = new RepairLog(progress);
    }

    /**
     * Looks for such directories and makes the restore point, if there are any.
     *
     * @param dryRun only says what would be in it
     */
    public RepairReport run(boolean dryRun) throws BackendException, RepositoryException, InterruptedException {
        try (RepositoryLock lock = repository.lockToAdd()) {
            progress.phase("reading records");
            List<StoredSnapshot> points =
                    repository.snapshotsOfStore((id, reason) -> progress.message(Level.WARNING, reason));
            repository.loadIndex(progress);
            progress.phase("reading directories");
            Set<BlobId> known = new HashSet<>();
            for (StoredSnapshot point : points) {
                below(point.snapshot().tree(), known);
            }
            Set<BlobId> roots = roots(known);
            for (BlobId root : roots) {
                log.changed("directory " + root.hex(), "no restore point has it");
            }
            if (!dryRun && !roots.isEmpty()) {
                save(roots, lock);
            }
            return log.report();
        }
    }

    /** Adds the tree and all below it. */
    private void below(BlobId root, Set<BlobId> known) throws BackendException, InterruptedException {
        Deque<BlobId> pending = new ArrayDeque<>();
        pending.push(root);
        while (!pending.isEmpty()) {
            BlobId id = pending.pop();
            if (known.add(id)) {
                pending.addAll(children(id));
            }
        }
    }

    /** Directories directly in one; none when it cannot be read. */
    private List<BlobId> children(BlobId id) throws BackendException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the recovery was interrupted");
        }
        progress.add(1, 0);
        try {
            return repository.reader().tree(id).nodes().stream()
                    .filter(node -> node.body() instanceof Node.DirBody)
                    .map(node -> ((Node.DirBody) node.body()).subtree())
                    .toList();
        } catch (RepositoryException e) {
            return List.of();
        }
    }

    /** Readable directories that are in no restore point and in no other directory. */
    private Set<BlobId> roots(Set<BlobId> known) throws BackendException, InterruptedException {
        Set<BlobId> others = new HashSet<>();
        repository.index().forEach((blob, place) -> {
            if (blob.type() == BlobType.TREE && !known.contains(blob.id())) {
                others.add(blob.id());
            }
        });
        Set<BlobId> inOthers = new HashSet<>();
        for (BlobId id : others) {
            inOthers.addAll(children(id));
        }
        Set<BlobId> roots = new HashSet<>();
        for (BlobId id : others) {
            if (!inOthers.contains(id) && isReadable(id)) {
                roots.add(id);
            }
        }
        return roots;
    }

    private boolean isReadable(BlobId id) throws BackendException {
        try {
            repository.reader().tree(id);
            return true;
        } catch (RepositoryException e) {
            log.step("directory " + id.hex(), e.getMessage());
            return false;
        }
    }

    private void save(Set<BlobId> roots, RepositoryLock lock)
            throws BackendException, RepositoryException, InterruptedException {
        Instant now = repository.now();
        byte[] tree = encode(roots, now);
        try (BlobSink sink = repository.newSink(lock)) {
            BlobId root = sink.save(BlobType.TREE, tree, 0, tree.length);
            sink.flush();
            lock.ensureValid();
            Snapshot point = new Snapshot(
                    now.atZone(ZoneOffset.UTC),
                    Optional.empty(),
                    root,
                    List.of(PATH),
                    repository.host(),
                    repository.opened().engine().holder().username(),
                    0,
                    0,
                    List.of(),
                    List.of(TAG),
                    Optional.empty(),
                    "",
                    Optional.empty());
            SnapshotId id = repository.saveSnapshot(point);
            repository.readBack(id, point);
            log.added(id, id);
        }
    }

    private static byte[] encode(Set<BlobId> roots, Instant now) throws RepositoryException {
        Metadata metadata = new Metadata(0700, now, now, now, 0, 0, "", "", 0, 0, 0, List.of(), Map.of());
        Map<String, BlobId> named = new TreeMap<>();
        roots.forEach(root -> named.put(root.hex(), root));
        try {
            TreeEncoder encoder = new TreeEncoder();
            for (Map.Entry<String, BlobId> root : named.entrySet()) {
                encoder.add(new Node(RawName.ofText(root.getKey()), metadata, new Node.DirBody(root.getValue())));
            }
            return encoder.finish();
        } catch (FormatException e) {
            throw new RepositoryException.Unsupported("cannot recover: " + roots.size()
                    + " directories vs fewer; nothing was changed: " + e.getMessage());
        }
    }
}
