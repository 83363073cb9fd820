package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final SplittableRandom random = new SplittableRandom(11);
    private final Places places = new Places();
    private final List<PackedBlob> blobs = new ArrayList<>();
    private final List<Integer> packs = new ArrayList<>();

    private void add(int pack, BlobType type, long offset, int length, int plain) {
        Sha256 id = new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        PackedBlob blob = new PackedBlob(new BlobHandle(type, new BlobId(id)), offset, length, plain);
        assertThat(places.add(pack, blob)).isEqualTo(blobs.size());
        blobs.add(blob);
        packs.add(pack);
    }

    private void assertAllThere() {
        assertThat(places.size()).isEqualTo(blobs.size());
        List<PackedBlob> shown = new ArrayList<>();
        places.forEach((at, pack, blob) -> {
            assertThat(at).isEqualTo(shown.size());
            assertThat(pack).isEqualTo(packs.get(at));
            shown.add(blob);
        });
        assertThat(shown).isEqualTo(blobs);
        for (int at = 0; at < blobs.size(); at++) {
            BlobHandle blob = blobs.get(at).blob();
            assertThat(places.blob(at)).isEqualTo(blobs.get(at));
            assertThat(places.pack(at)).isEqualTo(packs.get(at));
            assertThat(places.second(at)).isEqualTo(blob.id().hash().b());
            assertThat(places.holds(at, blob.id().hash(), blob.type() == BlobType.TREE))
                    .isTrue();
            assertThat(places.holds(at, blob.id().hash(), blob.type() != BlobType.TREE))
                    .isFalse();
        }
    }

    @Test
    void blobsOneAfterTheOther() {
        long offset = 0;
        for (int i = 0; i < 1000; i++) {
            int length = 32 + random.nextInt(1 << 22);
            add(7, BlobType.DATA, offset, length, random.nextInt(1 << 24));
            offset += length;
        }
        assertAllThere();
    }

    @Test
    void blobsWithGapsOfAllTypesInManyPacks() {
        for (int i = 0; i < 3000; i++) {
            add(i / 3, random.nextBoolean() ? BlobType.TREE : BlobType.DATA, random.nextLong(1L << 32), 32 + i, 0);
        }
        assertAllThere();
    }

    @Test
    void theLastAndTheLongest() {
        add(Integer.MAX_VALUE, BlobType.TREE, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        add(Integer.MAX_VALUE, BlobType.TREE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
        add(Integer.MAX_VALUE, BlobType.TREE, 2L * Integer.MAX_VALUE, 40, 1);
        add(0, BlobType.DATA, 0xffff_ffffL, Integer.MAX_VALUE, 1);
        assertAllThere();
    }

    @Test
    void aPackWithABlobBeyondFourGibibytesIsRefusedWhole() {
        add(0, BlobType.DATA, 0, 40, 0);
        BlobIndex index = new BlobIndex();
        PackedBlob far = new PackedBlob(BlobHandle.tree(blobs.get(0).blob().id()), 1L << 32, 40, 0);
        PackId pack = new PackId(new Sha256(1, 2, 3, 4));
        assertThatThrownBy(() -> index.add(new IndexFile.Pack(pack, List.of(blobs.get(0), far))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot index a blob at offset 4294967296 vs at most 4294967295");
        assertThat(index.containsPack(pack)).isFalse();
        assertThat(index.contains(blobs.get(0).blob())).isFalse();
    }
}
