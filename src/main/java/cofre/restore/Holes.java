package cofre.restore;

import java.util.Arrays;

/**
 * Leaves out zeros: what is not written to a new file reads as zeros and takes no room. Looks at whole blocks of the file
 * only, as a file system can keep a hole only there; a block of data costs one look at its first byte.
 */
final class Holes {
    static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];

    private Holes() {}

    /** Writes a piece of a file to its place, except for blocks of zeros. */
    static void write(RestoredFile file, long offset, byte[] piece) throws TargetException {
        write(file, offset, piece, 0, piece.length);
    }

    /** The same for the piece of {@code length} bytes at {@code first}. */
    static void write(RestoredFile file, long offset, byte[] bytes, int first, int length) throws TargetException {
        int start = 0; // of data not written yet, counted in the piece
        int at = Math.min(blockEnd(offset, 0), length);
        while (at < length) {
            int end = Math.min(at + BLOCK, length);
            if (end - at == BLOCK && isZero(bytes, first + at)) {
                writeData(file, offset + start, bytes, first + start, at - start);
                start = end;
            }
            at = end;
        }
        writeData(file, offset + start, bytes, first + start, length - start);
    }

    /** Where the file's block that holds the piece's byte {@code at} ends, counted in the piece; {@code at} on a border. */
    private static int blockEnd(long offset, int at) {
        int into = (int) ((offset + at) % BLOCK);
        return into == 0 ? at : at + BLOCK - into;
    }

    private static void writeData(RestoredFile file, long offset, byte[] bytes, int at, int count)
            throws TargetException {
        if (count > 0) {
            file.write(offset, bytes, at, count);
        }
    }

    private static boolean isZero(byte[] bytes, int at) {
        return bytes[at] == 0 && Arrays.equals(bytes, at, at + BLOCK, ZEROS, 0, BLOCK);
    }
}
