package cofre.shim;

import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.CutFinder;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import jnr.ffi.Pointer;

/** The search by the shim's four lanes. Owns 68 KiB of native memory; belongs to one thread at a time. */
final class NativeCutFinder implements CutFinder {
    /** Positions handed to C at a time: fits the second-level cache of any processor. */
    private static final int SLICE = 64 * 1024;

    private static final int TABLES = 2 * ChunkTables.SIZE * Long.BYTES;

    private final ShimLibrary library;
    private final long mask;
    private final NativeBuffer memory = new NativeBuffer(TABLES + Chunker.WINDOW + SLICE);
    private final Pointer tables = memory.at(0);
    private final Pointer slice = memory.at(TABLES);

    NativeCutFinder(ShimLibrary library, ChunkTables chunkTables, long mask) {
        this.library = library;
        this.mask = mask;
        memory.bytes().asLongBuffer().put(chunkTables.mod()).put(chunkTables.leave());
    }

    @Override
    public int firstCut(byte[] buf, int first, int last) {
        if (first < Chunker.WINDOW || last > buf.length) {
            throw new IndexOutOfBoundsException("positions " + first + ".." + last + " of " + buf.length);
        }
        for (int at = first; at <= last; at += SLICE) {
            int positions = Math.min(SLICE, last - at + 1);
            int hit = firstInSlice(buf, at, positions);
            if (hit >= 0) {
                return hit;
            }
        }
        return -1;
    }

    private int firstInSlice(byte[] buf, int at, int positions) {
        ByteBuffer to = memory.bytes();
        to.clear().position(TABLES);
        to.put(buf, at - Chunker.WINDOW, Chunker.WINDOW + positions - 1);
        long last = (long) Chunker.WINDOW + positions - 1;
        try {
            long hit = library.cofre_chunk_scan(tables, slice, Chunker.WINDOW, last, mask);
            return hit < 0 ? -1 : at + (int) hit - Chunker.WINDOW;
        } finally {
            Reference.reachabilityFence(memory);
        }
    }
}
