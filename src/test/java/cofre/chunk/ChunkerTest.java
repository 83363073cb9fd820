package cofre.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ChunkerTest {
    private final Chunker chunker = new Chunker(new JavaCutFinder(new ChunkTables(ChunkVectors.POLYNOMIAL)));

    @Test
    void takesNothingOfAnEmptySlice() {
        assertThat(chunker.feed(new byte[0], 0, 0)).isZero();
        assertThat(chunker.atCut()).isFalse();
        assertThat(chunker.length()).isZero();
    }

    @Test
    void cutsZerosAtTheShortestLength() {
        byte[] zeros = new byte[Chunker.MIN + 10];
        assertThat(chunker.feed(zeros, 0, zeros.length)).isEqualTo(Chunker.MIN);
        assertThat(chunker.atCut()).isTrue();
        assertThat(chunker.length()).isEqualTo(Chunker.MIN);
        assertThat(chunker.feed(zeros, Chunker.MIN, 10)).isEqualTo(10);
        assertThat(chunker.atCut()).isFalse();
        assertThat(chunker.length()).isEqualTo(10);
    }

    @Test
    void forgetsTheOldFileWhenStarted() {
        byte[] zeros = new byte[Chunker.MIN];
        chunker.feed(zeros, 0, Chunker.MIN - 1);
        chunker.start();
        assertThat(chunker.feed(zeros, 0, Chunker.MIN - 1)).isEqualTo(Chunker.MIN - 1);
        assertThat(chunker.atCut()).isFalse();
        assertThat(chunker.feed(zeros, 0, 1)).isEqualTo(1);
        assertThat(chunker.atCut()).isTrue();
    }

    @Test
    void looksAtNothingOutsideTheGivenRange() {
        byte[] content = ChunkVectors.content("v32");
        byte[] shifted = new byte[3_000_000 + 1000];
        System.arraycopy(content, 0, shifted, 1000, 3_000_000);
        assertThat(chunker.feed(shifted, 1000, 3_000_000)).isEqualTo(2_954_950);
    }

    @Test
    void refusesARangeOutsideTheArray() {
        assertThatThrownBy(() -> chunker.feed(new byte[10], 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
