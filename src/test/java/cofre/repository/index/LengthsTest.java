package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LengthsTest {
    @Test
    void whatWasSetIsThereHoweverLong() {
        int[] edges = {0, 1, 255, 256, 0xff_fffe, 0xff_ffff, 0x100_0000, Integer.MAX_VALUE};
        SplittableRandom random = new SplittableRandom(3);
        int count = 300_000; // more pages than there is room for in the beginning
        int[] sealed = new int[count];
        int[] plain = new int[count];
        Lengths lengths = new Lengths();
        for (int i = 0; i < count; i++) {
            boolean isEdge = random.nextInt(100) == 0;
            sealed[i] = isEdge ? edges[random.nextInt(edges.length)] : random.nextInt(1 << 24);
            plain[i] = isEdge ? edges[random.nextInt(edges.length)] : random.nextInt(1 << 24);
            lengths.set(i, sealed[i], plain[i]);
        }
        for (int i = 0; i < count; i++) {
            if (lengths.sealed(i) != sealed[i] || lengths.plain(i) != plain[i]) {
                assertThat(lengths.sealed(i)).as("sealed %d", i).isEqualTo(sealed[i]);
                assertThat(lengths.plain(i)).as("plain %d", i).isEqualTo(plain[i]);
            }
        }
    }
}
