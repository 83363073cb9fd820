package cofre.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle itself is held against restic's vectors. */
final class PlainChunkerTest {
    @Test
    void cutsAsResticDoes() throws Exception {
        for (Map.Entry<String, List<ChunkVectors.Chunk>> vector :
                ChunkVectors.expected().entrySet()) {
            assertThat(PlainChunker.lengths(ChunkVectors.POLYNOMIAL.bits(), ChunkVectors.content(vector.getKey())))
                    .as(vector.getKey())
                    .isEqualTo(vector.getValue().stream()
                            .map(ChunkVectors.Chunk::length)
                            .toList());
        }
    }

    @Test
    void generatesTheInputOfTheVectors() {
        byte[] v32 = ChunkVectors.content("v32");
        assertThat(ChunkVectors.sha256(v32, 0, v32.length))
                .isEqualTo("338b6e6a6de6695e764c0efbdb2cf5919f1fc312ef2e16ef9d618ea1a7c7c011");
    }
}
