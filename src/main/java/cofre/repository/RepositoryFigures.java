package cofre.repository;

import cofre.format.BlobType;
import cofre.repository.index.BlobIndex;

/**
 * What a repository holds, by its index. Every blob counts once, however many restore points share it.
 *
 * @param packs number of packs
 * @param dataBlobs pieces of files
 * @param treeBlobs directories
 * @param plainBytes length of all blobs before compression: the size after deduplication
 * @param storedBytes their length as stored: after compression and sealing
 */
public record RepositoryFigures(int packs, long dataBlobs, long treeBlobs, long plainBytes, long storedBytes) {
    /** The figures of a repository whose index is loaded. */
    public static RepositoryFigures of(Repository repository) {
        BlobIndex index = repository.index();
        long[] sums = new long[4];
        index.forEach((blob, place) -> {
            sums[blob.type() == BlobType.DATA ? 0 : 1]++;
            sums[2] += place.blob().plainLength();
            sums[3] += place.blob().length();
        });
        return new RepositoryFigures(index.packs().size(), sums[0], sums[1], sums[2], sums[3]);
    }
}
