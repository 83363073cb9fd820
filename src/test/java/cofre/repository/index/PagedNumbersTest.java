package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PagedNumbersTest {
    private static final int COUNT = 300_000; // more pages than there is room for in the beginning

    @Test
    void whatWasSetIsThere() {
        PagedInts ints = new PagedInts();
        PagedLongs longs = new PagedLongs();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < COUNT; i++) {
            ints.set(i, random.nextInt());
            longs.set(i, random.nextLong());
        }
        SplittableRandom again = new SplittableRandom(5);
        for (int i = 0; i < COUNT; i++) {
            if (ints.get(i) != again.nextInt() || longs.get(i) != again.nextLong()) {
                throw new AssertionError("number " + i + " is another");
            }
        }
    }

    @Test
    void aNumberMayBeSetAnew() {
        PagedInts ints = new PagedInts();
        PagedLongs longs = new PagedLongs();
        for (int value = 1; value <= 2; value++) {
            ints.set(0, value);
            longs.set(0, value);
        }
        assertThat(ints.get(0)).isEqualTo(2);
        assertThat(longs.get(0)).isEqualTo(2);
    }
}
