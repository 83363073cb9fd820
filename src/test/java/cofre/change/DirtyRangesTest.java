package cofre.change;

import static cofre.change.Told.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DirtyRangesTest {
    @Test
    void theRoutineHoleBehindTheEndIsNoChangeOfContent() throws Exception {
        try (Told told = new Told()) {
            told.tell(says(11, 10).changed().size(3000));
            assertThat(told.changes().ranges(11).orElseThrow().clip(3000)).isEmpty();
        }
    }

    @Test
    void aHoleWithoutEndInsideTheFileIsDirtyToItsEnd() throws Exception {
        try (Told told = new Told()) {
            told.tell(says(11, 10).changed().size(1 << 20));
            told.write(11, 0, 512).collector.content(11, 4096, Long.MAX_VALUE, true);
            assertThat(told.changes().ranges(11).orElseThrow().clip(1 << 20))
                    .containsExactly(new DirtyRanges.Range(0, 512), new DirtyRanges.Range(4096, (1 << 20) - 4096));
        }
    }

    @Test
    void beyondTheBoundAnObjectIsDirtyAllOver() throws Exception {
        try (Told told = new Told(4, java.util.Optional.empty())) {
            told.tell(says(11, 10), says(12, 10), says(22, 21));
            for (int i = 0; i < 4; i++) {
                told.write(11, i * 1000L, 10);
            }
            told.write(12, 0, 10); // no more room
            told.write(12, 20, 10);
            told.write(11, 3010, 10); // joins the last
            assertThat(clip(told, 12, 500)).containsExactly(new DirtyRanges.Range(0, 500));
            assertThat(clip(told, 11, 5000)).hasSize(4).contains(new DirtyRanges.Range(3000, 20));
            told.write(11, 9000, 10);
            assertThat(clip(told, 11, 5000)).containsExactly(new DirtyRanges.Range(0, 5000));
            told.write(22, 7, 1); // there is room again
            assertThat(clip(told, 22, 5000)).containsExactly(new DirtyRanges.Range(7, 1));
        }
    }

    private static List<DirtyRanges.Range> clip(Told told, long object, long size) throws Exception {
        return told.changes().ranges(object).orElseThrow().clip(size);
    }

    @Provide
    Arbitrary<List<DirtyRanges.Range>> ranges() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 300),
                        Arbitraries.oneOf(Arbitraries.longs().between(1, 60), Arbitraries.of(Long.MAX_VALUE)))
                .as(DirtyRanges.Range::new)
                .list()
                .ofMaxSize(20);
    }

    @Property
    void coversExactlyWhatWasTold(@ForAll("ranges") List<DirtyRanges.Range> told) {
        ContentRanges ranges = new ContentRanges(1000);
        BitSet model = new BitSet();
        for (DirtyRanges.Range range : told) {
            ranges.add(5, range.offset(), range.length());
            model.set((int) range.offset(), (int)
                    Math.min(400, range.length() + range.offset() < 0 ? 400 : range.end()));
        }
        BitSet found = new BitSet();
        long before = -1;
        for (DirtyRanges.Range range : ranges.of(5).clip(350)) {
            assertThat(range.offset()).isGreaterThan(before);
            before = range.end();
            assertThat(before).isLessThanOrEqualTo(350);
            found.set((int) range.offset(), (int) range.end());
        }
        model.clear(350, 1000);
        assertThat(found).isEqualTo(model);
    }
}
