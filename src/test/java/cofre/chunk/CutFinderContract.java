package cofre.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every cut finder must do, alone and inside a chunker. */
public abstract class CutFinderContract {
    private static final String OTHER_POLYNOMIAL = "2482734cacca49";

    /** The finder under test. */
    protected abstract CutFinder finder(ChunkTables tables, long mask);

    private Chunker chunker(Polynomial polynomial) {
        return new Chunker(finder(new ChunkTables(polynomial), Chunker.CUT_MASK));
    }

    @Test
    void cutsAsResticDoes() throws Exception {
        assertThat(ChunkVectors.expected()).hasSize(8);
        Chunker chunker = chunker(ChunkVectors.POLYNOMIAL);
        for (Map.Entry<String, List<ChunkVectors.Chunk>> vector :
                ChunkVectors.expected().entrySet()) {
            byte[] content = ChunkVectors.content(vector.getKey());
            List<ChunkVectors.Chunk> chunks = new ArrayList<>();
            int start = 0;
            for (int length : lengths(chunker, content, new int[] {content.length})) {
                chunks.add(new ChunkVectors.Chunk(length, ChunkVectors.sha256(content, start, length)));
                start += length;
            }
            assertThat(chunks).as(vector.getKey()).isEqualTo(vector.getValue());
        }
    }

    @Test
    void doesNotDependOnTheSlicesThatContentComesIn() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] content = mixedContent(random, 24 << 20);
        Chunker chunker = chunker(ChunkVectors.POLYNOMIAL);
        List<Integer> expected = PlainChunker.lengths(ChunkVectors.POLYNOMIAL.bits(), content);
        assertThat(expected).hasSizeGreaterThan(5);
        int[][] sliceChoices = {
            {64}, {1 << 20}, {65536}, {1, 63, 64, 65, 127, 128, 129}, {3, 1 << 19, 100_000, 7_000_000}
        };
        for (int[] slices : sliceChoices) {
            assertThat(lengths(chunker, content, slices))
                    .as(Arrays.toString(slices))
                    .isEqualTo(expected);
        }
    }

    @Test
    void findsACutWhereverTheSliceBoundaryLies() {
        byte[] content = Arrays.copyOf(ChunkVectors.content("v32"), 3_000_000);
        Chunker chunker = chunker(ChunkVectors.POLYNOMIAL);
        for (int boundary = 2_954_950 - 130; boundary <= 2_954_950 + 2; boundary++) {
            assertThat(lengths(chunker, content, new int[] {boundary, 1 << 23}))
                    .as("boundary %d", boundary)
                    .containsExactly(2_954_950, 45_050);
        }
    }

    @Test
    void agreesWithThePlainLoopForOtherPolynomialsAndContents() {
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 6; round++) {
            Polynomial polynomial = round == 0 ? Polynomial.ofConfig(OTHER_POLYNOMIAL) : Polynomial.random(random);
            byte[] content = mixedContent(random, 6 << 20);
            assertThat(lengths(chunker(polynomial), content, new int[] {content.length}))
                    .as("%s round %d", polynomial, round)
                    .isEqualTo(PlainChunker.lengths(polynomial.bits(), content));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x3, 0xff, 0x3fff, 0xfffff})
    void findsEveryPositionInOrder(long mask) {
        SplittableRandom random = new SplittableRandom(mask);
        byte[] content = mixedContent(random, 200_000);
        PlainDigest digest = new PlainDigest(ChunkVectors.POLYNOMIAL.bits());
        CutFinder finder = finder(new ChunkTables(ChunkVectors.POLYNOMIAL), mask);
        int next = Chunker.WINDOW;
        for (int p = 1; p <= content.length; p++) {
            long d = digest.slide(content[p - 1] & 0xff);
            if (p >= Chunker.WINDOW && (d & mask) == 0) {
                assertThat(finder.firstCut(content, next, content.length)).isEqualTo(p);
                assertThat(finder.firstCut(content, next, p)).isEqualTo(p);
                assertThat(finder.firstCut(content, next, p - 1)).isEqualTo(-1);
                next = p + 1;
            }
        }
        assertThat(finder.firstCut(content, next, content.length)).isEqualTo(-1);
    }

    @Test
    void refusesPositionsWithoutAWholeWindow() {
        CutFinder finder = finder(new ChunkTables(ChunkVectors.POLYNOMIAL), Chunker.CUT_MASK);
        byte[] content = new byte[1000];
        assertThat(finder.firstCut(content, 65, 64)).isEqualTo(-1);
        assertThatThrownBy(() -> finder.firstCut(content, 63, 100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> finder.firstCut(content, 64, 1001)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The chunk lengths of {@code content}, fed from fresh arrays in slices of these sizes in turn. */
    private static List<Integer> lengths(Chunker chunker, byte[] content, int[] slices) {
        List<Integer> lengths = new ArrayList<>();
        chunker.start();
        int turn = 0;
        for (int at = 0; at < content.length; ) {
            int end = Math.min(content.length, at + slices[turn++ % slices.length]);
            byte[] slice =
                    slices.length == 1 && slices[0] == content.length ? content : Arrays.copyOfRange(content, at, end);
            for (int off = 0; off < end - at; ) {
                off += chunker.feed(slice, off, end - at - off);
                if (chunker.atCut()) {
                    lengths.add(chunker.length());
                }
            }
            at = end;
        }
        if (!chunker.atCut()) {
            lengths.add(chunker.length());
        }
        return lengths;
    }

    /** Stretches of noise, of one byte, and of short repeated patterns, of random length. */
    private static byte[] mixedContent(SplittableRandom random, int length) {
        byte[] content = new byte[length];
        for (int at = 0; at < length; ) {
            int stretch = Math.min(length - at, 1 + random.nextInt(1 << random.nextInt(10, 22)));
            int period = random.nextInt(3) == 0 ? stretch : random.nextInt(1, 100);
            byte[] pattern = new byte[period];
            random.nextBytes(pattern);
            for (int i = 0; i < stretch; i++) {
                content[at + i] = pattern[i % period];
            }
            at += stretch;
        }
        return content;
    }
}
