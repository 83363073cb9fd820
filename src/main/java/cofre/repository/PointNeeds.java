package cofre.repository;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.BlobMarks;
import cofre.repository.index.Trees;
import cofre.repository.prune.UsedBlobs;
import cofre.storage.BackendException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whether all that a root tree needs is in an index, and its directories can be read. For one thread. */
final class PointNeeds {
    private final BlobIndex index;
    private final BlobReader reader;
    private final Predicate<BlobHandle> settled;
    private BlobMarks seen;

    /**
     * @param settled what needs no look: it is there, and so is all below it
     */
    PointNeeds(BlobIndex index, BlobReader reader, Predicate<BlobHandle> settled) {
        this.index = index;
        this.reader = reader;
        this.settled = settled;
        this.seen = index.newMarks();
    }

    /** What is missing, as the end of a sentence; empty when nothing is. Parts of an earlier root that was whole are not looked at again. */
    Optional<String> missing(BlobId root) throws BackendException, InterruptedException {
        UsedBlobs search = new UsedBlobs(seen, new BlobIndex(), reader.trees(), blob -> {}, settled);
        Optional<String> missing;
        try {
            search.below(root);
            Set<BlobHandle> absent = search.missing();
            missing = absent.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            (absent.size() == 1 ? "a blob it needs, " : absent.size() + " blobs it needs, such as ")
                                    + absent.iterator().next() + ", are in no index any more");
        } catch (Trees.Unreadable e) {
            missing = Optional.of("a directory of it cannot be read: " + e.getMessage());
        }
        if (missing.isPresent()) {
            seen = index.newMarks(); // half a walk proves nothing of what it has seen
        }
        return missing;
    }
}
