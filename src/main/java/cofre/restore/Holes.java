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
        int start = 0; // of data not written yet
        int at = blockEnd(offset, 0);
        if (at > piece.length) {
            at = piece.length;
        }
        while (at < piece.length) {
            int end = Math.min(at + BLOCK, piece.length);
            if (end - at == BLOCK && isZero(piece, at)) {
                write(file, offset, piece, start, at);
                start = end;
            }
            at = end;
        }
        write(file, offset, piece, start, piece.length);
    }

    /** Where the file's block that holds the piece's byte {@code at} ends, counted in the piece; {@code at} on a border. */
    private static int blockEnd(long offset, int at) {
        int into = (int) ((offset + at) % BLOCK);
        return into == 0 ? at : at + BLOCK - into;
    }

    private static void write(RestoredFile file, long offset, byte[] piece, int from, int to) throws TargetException {
        if (from < to) {
            file.write(offset + from, piece, from, to - from);
        }
    }

    private static boolean isZero(byte[] bytes, int at) {
        return bytes[at] == 0 && Arrays.equals(bytes, at, at + BLOCK, ZEROS, 0, BLOCK);
    }
}
