package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final int BLOBS = 20_000;

    private final SplittableRandom random = new SplittableRandom(13);

    private Sha256 hash() {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, BLOBS, 100 * BLOBS, Integer.MAX_VALUE})
    void findsAllWhateverWasExpected(int expected) {
        Places places = new Places();
        Slots slots = new Slots(places);
        slots.expect(expected);
        List<Sha256> ids = new ArrayList<>();
        for (int i = 0; i < BLOBS; i++) {
            Sha256 id = hash();
            assertThat(slots.find(id, false)).isEqualTo(-1);
            slots.add(places.add(0, new PackedBlob(BlobHandle.data(new BlobId(id)), 40L * i, 40, 0)));
            ids.add(id);
        }
        for (int i = 0; i < BLOBS; i++) {
            assertThat(slots.find(ids.get(i), false)).isEqualTo(i);
            assertThat(slots.find(ids.get(i), true)).isEqualTo(-1);
        }
    }
}
