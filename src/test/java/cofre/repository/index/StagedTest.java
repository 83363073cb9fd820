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

class StagedTest {
    private final SplittableRandom random = new SplittableRandom(19);
    private final Staged staged = new Staged();

    private Sha256 hash() {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private PackedBlob blob(long offset) {
        BlobType type = random.nextBoolean() ? BlobType.TREE : BlobType.DATA;
        int length = random.nextInt(32, Integer.MAX_VALUE);
        return new PackedBlob(
                new BlobHandle(type, new BlobId(hash())), offset, length, random.nextInt(Integer.MAX_VALUE));
    }

    private List<IndexFile.Pack> replayed() {
        List<IndexFile.Pack> packs = new ArrayList<>();
        staged.replay(packs::add);
        return packs;
    }

    @Test
    void givesBackWhatItGotFileAfterFile() {
        for (int file = 0; file < 3; file++) {
            List<IndexFile.Pack> packs = new ArrayList<>();
            for (int pack = 0; pack < 300 - 100 * file; pack++) {
                List<PackedBlob> blobs = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(100); i++) {
                    blobs.add(blob(random.nextLong(1L << 32)));
                }
                packs.add(new IndexFile.Pack(new PackId(hash()), blobs));
            }
            staged.clear();
            packs.forEach(staged::accept);
            assertThat(staged.packs()).isEqualTo(packs.size());
            assertThat(replayed()).isEqualTo(packs);
        }
    }

    @Test
    void aBlobThatCannotBeIndexedIsRefusedBeforeAnythingIsUsed() {
        PackedBlob far = new PackedBlob(BlobHandle.data(new BlobId(hash())), 1L << 32, 40, 0);
        assertThatThrownBy(() -> staged.accept(new IndexFile.Pack(new PackId(hash()), List.of(far))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(replayed()).isEmpty();
    }
}
