package cofre.browse;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.Node;
import cofre.repository.BlobReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where in a file each of its blobs begins. Immutable. */
final class Layout {
    private final List<BlobId> blobs;
    private final long[] starts; // one more than blobs: the last is the size

    private Layout(List<BlobId> blobs, long[] starts) {
        this.blobs = blobs;
        this.starts = starts;
    }

    /**
     * By the lengths the index says; a blob that is not what it says does not open. Empty when the index does not know all
     * of them.
     *
     * @throws BrowseException.Damaged when they do not make up the file's size
     */
    static Optional<Layout> of(Node.FileBody file, BlobReader reader) throws BrowseException.Damaged {
        List<BlobId> blobs = file.content();
        long[] starts = new long[blobs.size() + 1];
        for (int i = 0; i < blobs.size(); i++) {
            long length = ZeroBlock.LENGTH;
            if (!ZeroBlock.is(blobs.get(i))) {
                Optional<BlobPlace> place = reader.locate(BlobHandle.data(blobs.get(i)));
                if (place.isEmpty()) {
                    return Optional.empty();
                }
                length = place.get().blob().plainLength();
            }
            starts[i + 1] = starts[i] + length;
        }
        if (starts[blobs.size()] != file.size()) {
            throw new BrowseException.Damaged(
                    "cannot read file: its blobs hold " + starts[blobs.size()] + " bytes vs " + file.size()
                            + "; nothing of it is shown; run cofre check",
                    null);
        }
        return Optional.of(new Layout(blobs, starts));
    }

    int count() {
        return blobs.size();
    }

    BlobId blob(int index) {
        return blobs.get(index);
    }

    long start(int index) {
        return starts[index];
    }

    long end(int index) {
        return starts[index + 1];
    }

    /** Which blob holds the byte at an offset below the size; blobs of no length hold none. */
    int at(long offset) {
        int found = Arrays.binarySearch(starts, offset);
        int index = found >= 0 ? found : -found - 2;
        while (starts[index + 1] <= offset) {
            index++;
        }
        return index;
    }
}
