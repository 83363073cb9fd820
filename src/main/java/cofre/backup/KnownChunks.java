package cofre.backup;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.repository.BlobReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the chunks of a file's earlier content began and ended. A chunker starts afresh at each cut, so a chunk that begins
 * where an old one began, with the same bytes up to the old one's end, ends there as well; only the last one ended because
 * the file did.
 */
final class KnownChunks {
    private final List<BlobId> ids;
    private final long[] starts; // one more than ids: the last is the size

    private KnownChunks(List<BlobId> ids, long[] starts) {
        this.ids = ids;
        this.starts = starts;
    }

    /**
     * The chunks of what this node was; empty when it was no file, when not all of them are in the repository, and when they
     * do not add up to its size.
     */
    static Optional<KnownChunks> of(Node node, BlobReader reader) {
        if (!(node.body() instanceof Node.FileBody body)) {
            return Optional.empty();
        }
        List<BlobId> ids = body.content();
        long[] starts = new long[ids.size() + 1];
        for (int i = 0; i < ids.size(); i++) {
            var place = reader.locate(BlobHandle.data(ids.get(i)));
            if (place.isEmpty()) {
                return Optional.empty();
            }
            starts[i + 1] = starts[i] + place.get().blob().plainLength();
        }
        return starts[ids.size()] == body.size() ? Optional.of(new KnownChunks(ids, starts)) : Optional.empty();
    }

    long size() {
        return starts[ids.size()];
    }

    /** The number of the chunk that begins at this offset, negative when none does. */
    int startingAt(long offset) {
        int at = Arrays.binarySearch(starts, offset);
        return at < ids.size() ? at : -1;
    }

    BlobId id(int chunk) {
        return ids.get(chunk);
    }

    long start(int chunk) {
        return starts[chunk];
    }

    long end(int chunk) {
        return starts[chunk + 1];
    }

    boolean isLast(int chunk) {
        return chunk == ids.size() - 1;
    }
}
