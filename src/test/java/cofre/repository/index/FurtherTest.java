package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FurtherTest {
    @Test
    void agreesWithAMapOfLists() {
        Further further = new Further();
        Map<Integer, List<Integer>> model = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(17);
        for (int place = 1000; place < 20_000; place++) {
            int first = random.nextInt(1000) * random.nextInt(2); // every second is the first place's
            further.add(first, place);
            model.computeIfAbsent(first, any -> new ArrayList<>()).add(place);
        }
        Set<Integer> shown = new HashSet<>();
        further.forEach(first -> assertThat(shown.add(first)).isTrue());
        assertThat(shown).isEqualTo(model.keySet());
        for (int first = 0; first < 1000; first++) {
            List<Integer> expected = model.getOrDefault(first, List.of());
            assertThat(further.hasMore(first)).isEqualTo(!expected.isEmpty());
            assertThat(further.isFurther(first)).isFalse();
            assertThat(further.of(first))
                    .containsExactly(
                            expected.stream().mapToInt(Integer::intValue).toArray());
        }
        assertThat(further.isFurther(1000)).isTrue();
        assertThat(further.isFurther(20_000)).isFalse();
    }

    @Test
    void nothingIsThereInTheBeginning() {
        Further further = new Further();
        assertThat(further.hasMore(0)).isFalse();
        assertThat(further.of(0)).isEmpty();
        further.forEach(first -> {
            throw new AssertionError(first);
        });
    }
}
