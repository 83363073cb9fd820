package cofre.shim;

import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.CutFinder;
import cofre.chunk.JavaCutFinder;
import cofre.chunk.Polynomial;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Compares native code with its Java twin before it is trusted with data: a wrong cut would only cost space, a wrong
 * tag would make a backup that nobody can open.
 */
final class SelfTest {
    /** Enough for four full lanes of the shim, and a rest. */
    private static final int LENGTH = 40_000;
    /** Cuts on average every 1 KiB (lanes that hit) and every 16 KiB (lanes that run through). */
    private static final long[] MASKS = {(1 << 10) - 1, (1 << 14) - 1};

    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 4096, LENGTH};

    private SelfTest() {}

    /** Makes a finder that looks for digests whose bits of {@code mask} are zero. */
    interface FinderMaker {
        CutFinder finder(ChunkTables tables, long mask);
    }

    /** What the first difference between this finder and the Java twin is, if there is any. */
    static Optional<String> mismatch(FinderMaker maker) {
        ChunkTables tables = new ChunkTables(Polynomial.parse("3da3358b4dc173"));
        byte[] content = content();
        for (long mask : MASKS) {
            CutFinder alleged = maker.finder(tables, mask);
            CutFinder twin = new JavaCutFinder(tables, mask);
            for (int at = Chunker.WINDOW; at <= LENGTH; ) {
                int expected = twin.firstCut(content, at, LENGTH);
                int actual = alleged.firstCut(content, at, LENGTH);
                if (actual != expected) {
                    return Optional.of("cut at " + actual + " vs " + expected);
                }
                at = expected < 0 ? LENGTH + 1 : expected + 1;
            }
        }
        return Optional.empty();
    }

    /** What the first difference between this authenticator and the Java twin is, if there is any. */
    static Optional<String> mismatch(Poly1305 alleged) {
        byte[] content = content();
        Poly1305 twin = new JavaPoly1305();
        for (int length : LENGTHS) {
            byte[] key = Arrays.copyOfRange(content, length / 2, length / 2 + Poly1305.KEY_LENGTH);
            byte[] expected = new byte[Poly1305.TAG_LENGTH];
            byte[] actual = new byte[Poly1305.TAG_LENGTH];
            twin.tag(key, content, LENGTH - length, length, expected, 0);
            alleged.tag(key, content, LENGTH - length, length, actual, 0);
            if (!Arrays.equals(actual, expected)) {
                return Optional.of("another Poly1305 tag for " + length + " bytes");
            }
        }
        return Optional.empty();
    }

    /** Fixed pseudo-random bytes, the same at every start. */
    private static byte[] content() {
        byte[] content = new byte[LENGTH];
        new SplittableRandom(1).nextBytes(content);
        return content;
    }
}
