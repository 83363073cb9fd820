package cofre.repository.pack;

import cofre.format.BlobHandle;
import cofre.format.PackedBlob;
import java.util.ArrayList;
import java.util.List;

/**
 * One pack being made in memory. Room in it is {@linkplain #reserve reserved} one blob at a time, then filled by several
 * threads at once; when it is {@linkplain #close closed} and the last of them is done, it is handed on, once.
 */
public final class PackBuffer {
    private final byte[] bytes;
    private final List<PackedBlob> blobs = new ArrayList<>(); // guarded by this, as are the fields below
    private int used;
    private int writers;
    private boolean closed;

    /** A pack in {@code bytes}, which nobody else uses until it is handed on and done with. */
    PackBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Room for one sealed blob in a pack. */
    public final class Slot {
        private final int offset;

        private Slot(int offset) {
            this.offset = offset;
        }

        /** The pack's memory. */
        public byte[] bytes() {
            return bytes;
        }

        /** Where in it the room begins. */
        public int offset() {
            return offset;
        }

        /** The room is filled. Returns the pack when this made it ready to be uploaded, else null. */
        public PackBuffer filled() {
            return writerDone();
        }
    }

    /** Room for a blob, or null when there is not enough left or the pack is closed. */
    synchronized Slot reserve(BlobHandle blob, int sealedLength, int plainLengthIfCompressed) {
        if (closed || sealedLength > room()) {
            return null;
        }
        blobs.add(new PackedBlob(blob, used, sealedLength, plainLengthIfCompressed));
        Slot slot = new Slot(used);
        used += sealedLength;
        writers++;
        return slot;
    }

    /** Bytes left for one more blob once the header that lists it is counted. */
    private int room() {
        return bytes.length - used - PackBuffers.headerBound(blobs.size() + 1);
    }

    private synchronized PackBuffer writerDone() {
        writers--;
        return closed && writers == 0 ? this : null;
    }

    /** No more blobs. Returns this pack when it is ready to be uploaded now, else null: the last writer gets it then. */
    synchronized PackBuffer close() {
        boolean first = !closed;
        closed = true;
        return first && writers == 0 && !blobs.isEmpty() ? this : null;
    }

    /** Whether it holds nothing. */
    synchronized boolean isEmpty() {
        return blobs.isEmpty();
    }

    /** The memory: sealed blobs from 0 to {@link #used}, then room for the header. */
    public byte[] bytes() {
        return bytes;
    }

    /** Number of bytes the blobs take. */
    public synchronized int used() {
        return used;
    }

    /** The blobs in their order. */
    public synchronized List<PackedBlob> blobs() {
        return List.copyOf(blobs);
    }
}
