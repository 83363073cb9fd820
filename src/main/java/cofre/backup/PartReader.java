package cofre.backup;

import cofre.change.DirtyRanges.Range;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import java.util.List;

/**
 * Reads only what changed of a file whose earlier content is known, and gives the very chunks that reading all of it would
 * give: from the beginning of the chunk a change lies in, on until a new chunk ends where an old one did that is followed by
 * nothing changed. For one use, by one thread.
 */
final class PartReader {
    private final KnownChunks old;
    private final long size;
    private final List<Range> dirty;

    /**
     * A reader of parts.
     *
     * @param old the file's earlier content
     * @param size its size now
     * @param dirty what of its content may be different, up to {@code size}; ascending, apart from each other
     */
    PartReader(KnownChunks old, long size, List<Range> dirty) {
        this.old = old;
        this.size = size;
        this.dirty = dirty;
    }

    /** Reads what has to be read; every chunk of the file goes to {@code reading}, in order. */
    void read(SourceFile file, FileReader reader, FileReading reading) throws SourceException {
        long at = 0;
        while (at < size) {
            int chunk = old.startingAt(at);
            if (isReusable(chunk)) {
                reading.known(old.id(chunk), old.end(chunk) - at);
                at = old.end(chunk);
            } else {
                file.position(at);
                long end = reader.read(file, at, cut -> isReusable(old.startingAt(cut)), reading);
                if (end <= at) {
                    return; // the file is shorter than it says; whoever asked compares the sizes
                }
                at = end;
            }
        }
    }

    /** Whether the chunk is part of the file as it is now. */
    private boolean isReusable(int chunk) {
        if (chunk < 0 || old.end(chunk) > size || (old.isLast(chunk) && old.size() != size)) {
            return false;
        }
        return isClean(old.start(chunk), old.end(chunk));
    }

    /** Whether no dirty range lies in these bytes. */
    private boolean isClean(long from, long to) {
        int low = 0;
        int high = dirty.size(); // the first range that ends after from
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (dirty.get(middle).end() <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == dirty.size() || dirty.get(low).offset() >= to;
    }
}
