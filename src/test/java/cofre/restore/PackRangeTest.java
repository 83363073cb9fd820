package cofre.restore;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackRangeTest {
    private static final PackId ONE = new PackId(Sha256.hash(new byte[] {1}));
    private static final PackId TWO = new PackId(Sha256.hash(new byte[] {2}));
    private static final int MIB = 1 << 20;

    @Test
    void neighboursComeWithOneRequestInTheOrderOfThePack() {
        List<PackRange> ranges = PackRange.plan(List.of(blob(ONE, 300, 100), blob(ONE, 0, 100), blob(ONE, 100, 200)));
        assertThat(ranges).singleElement().satisfies(range -> {
            assertThat(range.offset()).isZero();
            assertThat(range.length()).isEqualTo(400);
            assertThat(range.blobs()).extracting(b -> b.blob().offset()).containsExactly(0L, 100L, 300L);
        });
    }

    @Test
    void packsComeInTheOrderInWhichTheyAreNeeded() {
        List<PackRange> ranges = PackRange.plan(List.of(blob(TWO, 0, 100), blob(ONE, 0, 100), blob(TWO, 100, 50)));
        assertThat(ranges).extracting(PackRange::pack).containsExactly(TWO, ONE);
    }

    @Test
    void aWideGapIsNotFetchedAndANarrowOneIs() {
        assertThat(PackRange.plan(List.of(blob(ONE, 0, 100), blob(ONE, 100 + (128 << 10), 100))))
                .hasSize(1);
        assertThat(PackRange.plan(List.of(blob(ONE, 0, 100), blob(ONE, 101 + (128 << 10), 100))))
                .hasSize(2);
    }

    @Test
    void noPartIsLongerThanItMayBeUnlessABlobIs() {
        List<PackRange> ranges = PackRange.plan(List.of(
                blob(ONE, 0, 5 * MIB),
                blob(ONE, 5 * MIB, 3 * MIB),
                blob(ONE, 8 * MIB, 100),
                blob(ONE, 9 * MIB, 12 * MIB)));
        assertThat(ranges).extracting(PackRange::length).containsExactly(8 * MIB, 100, 12 * MIB);
    }

    @Test
    void blobsSaidToOverlapAreFetchedAlone() {
        assertThat(PackRange.plan(List.of(blob(ONE, 0, 100), blob(ONE, 50, 100))))
                .hasSize(2);
    }

    private static Wanted blob(PackId pack, long offset, int length) {
        BlobId id = new BlobId(Sha256.hash(new byte[] {(byte) offset, (byte) length}));
        return new Wanted(new BlobPlace(pack, new PackedBlob(BlobHandle.data(id), offset, length, 0)));
    }
}
