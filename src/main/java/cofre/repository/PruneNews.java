package cofre.repository;

import cofre.format.BlobHandle;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.Trees;
import cofre.repository.prune.UsedBlobs;
import cofre.storage.BackendException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What others add while a prune works: restore points and index files that were not there when it looked. Whatever they
 * need of the old index is marked as used.
 */
final class PruneNews {
    private final PruneScan scan;
    private final BlobIndex newer = new BlobIndex();
    private final Set<BlobHandle> nowUsed = new HashSet<>();
    private final UsedBlobs search;

    PruneNews(Repository repository, PruneScan scan) {
        this.scan = scan;
        Trees old = scan.reader().trees();
        Trees added = new BlobReader(newer, repository.opened().store(), scan.blobs()).trees();
        this.search = new UsedBlobs(
                scan.marks(),
                newer,
                id -> (scan.index().contains(BlobHandle.tree(id)) ? old : added).read(id),
                nowUsed::add);
    }

    /**
     * Looks again; gives the blobs of the old index that are used only since the last look.
     *
     * @throws RepositoryException.Damaged when a new restore point needs what is in no index: nothing may be removed now
     */
    Set<BlobHandle> look() throws BackendException, RepositoryException, InterruptedException {
        nowUsed.clear();
        List<StoredSnapshot> points = scan.newPoints();
        scan.loadNew(newer, (name, listing) -> {});
        scan.walk(search, points);
        if (!search.missing().isEmpty()) {
            throw new RepositoryException.Damaged(
                    "cannot go on with the prune: a restore point made meanwhile needs "
                            + search.missing().iterator().next()
                            + ", which is in no index: it was made by somebody who locks nothing; nothing more is deleted;"
                            + " prune again soon, which looks for it in packs that wait to be deleted",
                    null);
        }
        return Set.copyOf(nowUsed);
    }

    /** What others added to the index since it was scanned. */
    BlobIndex newer() {
        return newer;
    }
}
