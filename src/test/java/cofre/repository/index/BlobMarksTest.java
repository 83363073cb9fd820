package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.IndexFile;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.repository.index.BlobMarks.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlobMarksTest {
    private final SplittableRandom random = new SplittableRandom(5);
    private final BlobIndex index = new BlobIndex();

    private Sha256 hash() {
        return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private BlobHandle add() {
        BlobId id = new BlobId(hash());
        BlobHandle blob = random.nextBoolean() ? BlobHandle.data(id) : BlobHandle.tree(id);
        index.add(new IndexFile.Pack(new PackId(hash()), List.of(new PackedBlob(blob, 0, 100, 0))));
        return blob;
    }

    @Test
    void agreesWithAHashSet() {
        Set<BlobHandle> all = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            all.add(add());
        }
        BlobMarks marks = index.newMarks();
        Set<BlobHandle> model = new HashSet<>();
        for (BlobHandle blob : all) {
            if (random.nextBoolean()) {
                assertThat(marks.mark(blob)).isEqualTo(Mark.FIRST);
                assertThat(marks.mark(blob)).isEqualTo(Mark.AGAIN);
                model.add(blob);
            }
        }
        assertThat(marks.count()).isEqualTo(model.size());
        Set<BlobHandle> marked = new HashSet<>();
        int[] seen = new int[1];
        marks.forEach((pack, blob, isMarked, several) -> {
            assertThat(several).isFalse();
            seen[0]++;
            assertThat(index.packs(pack).id())
                    .isEqualTo(index.find(blob.blob()).orElseThrow().pack());
            if (isMarked) {
                marked.add(blob.blob());
            }
        });
        assertThat(seen[0]).isEqualTo(all.size());
        assertThat(marked).isEqualTo(model);
        all.forEach(blob -> assertThat(marks.isMarked(blob)).isEqualTo(model.contains(blob)));
    }

    @Test
    void aBlobAndItsTwinOfTheOtherTypeAreTwo() {
        BlobHandle blob = add();
        BlobHandle twin =
                blob.equals(BlobHandle.tree(blob.id())) ? BlobHandle.data(blob.id()) : BlobHandle.tree(blob.id());
        BlobMarks marks = index.newMarks();
        assertThat(marks.mark(twin)).isEqualTo(Mark.ABSENT);
        assertThat(marks.isMarked(blob)).isFalse();
    }

    @Test
    void marksStayWhenTheIndexGrows() {
        BlobHandle blob = add();
        BlobMarks marks = index.newMarks();
        marks.mark(blob);
        for (int i = 0; i < 256 * 100; i++) {
            assertThat(marks.isMarked(add())).isFalse();
        }
        assertThat(marks.mark(blob)).isEqualTo(Mark.AGAIN);
        assertThat(marks.count()).isEqualTo(1);
    }

    @Test
    void aBlobWithSeveralPlacesIsShownOnce() {
        BlobHandle blob = add();
        add();
        index.add(new IndexFile.Pack(new PackId(hash()), List.of(new PackedBlob(blob, 0, 100, 0))));
        List<BlobHandle> several = new ArrayList<>();
        int[] shown = new int[1];
        index.newMarks().forEach((pack, placed, marked, hasSeveral) -> {
            shown[0]++;
            if (hasSeveral) {
                several.add(placed.blob());
            }
        });
        assertThat(shown[0]).isEqualTo(2);
        assertThat(several).containsExactly(blob).isEqualTo(index.duplicated());
    }
}
