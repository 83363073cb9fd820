package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ObjectSetTest {
    private record Edit(boolean add, long object) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<Long> objects = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 200),
                Arbitraries.longs().between(8100, 8300),
                Arbitraries.of(0L, 63L, 64L, 8191L, 8192L, 1L << 32, ObjectSet.MAX, ObjectSet.MAX - 1));
        return objects.flatMap(o -> Arbitraries.of(true, true, false).map(add -> new Edit(add, o)))
                .list()
                .ofMaxSize(300);
    }

    @Property
    void behavesLikeASetOfNumbers(@ForAll("edits") List<Edit> edits) {
        ObjectSet set = new ObjectSet();
        TreeSet<Long> model = new TreeSet<>();
        for (Edit edit : edits) {
            boolean changed = edit.add ? set.add(edit.object) : set.remove(edit.object);
            assertThat(changed).isEqualTo(edit.add ? model.add(edit.object) : model.remove(edit.object));
            assertThat(set.contains(edit.object)).isEqualTo(edit.add);
        }
        assertThat(set.size()).isEqualTo(model.size());
        assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
        List<Long> all = new ArrayList<>();
        set.forEach(all::add);
        assertThat(all).containsExactlyElementsOf(model);
        for (Edit edit : edits) {
            for (long from = edit.object - 1; from <= edit.object + 1; from++) {
                Long next = model.ceiling(from);
                assertThat(set.next(from)).isEqualTo(next == null ? -1 : next);
            }
        }
    }

    @Test
    void refusesWhatIsNoObjectNumber() {
        ObjectSet set = new ObjectSet();
        for (long wrong : new long[] {-1, Long.MIN_VALUE, ObjectSet.MAX + 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> set.add(wrong)).isInstanceOf(IllegalArgumentException.class);
            assertThat(set.contains(wrong)).isFalse();
            assertThat(set.remove(wrong)).isFalse();
        }
        assertThat(set.next(Long.MIN_VALUE)).isEqualTo(-1);
        assertThat(set.next(Long.MAX_VALUE)).isEqualTo(-1);
    }
}
