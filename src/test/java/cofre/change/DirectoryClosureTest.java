package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DirectoryClosureTest {
    /** Stale entries may name each other as parents; whatever they form, the climb ends and reaches all above. */
    @Property
    void holdsAllThatLiesAboveAndEnds(
            @ForAll @Size(max = 40) List<@LongRange(min = 2, max = 15) Long> objects,
            @ForAll @Size(max = 40) List<@LongRange(min = 1, max = 15) Long> dirs,
            @ForAll @Size(max = 5) List<@LongRange(min = 2, max = 20) Long> changed)
            throws Exception {
        Map<Long, TreeSet<Long>> parents = new HashMap<>();
        try (Catalogue catalogue = new CatalogueStore(new MemoryDisk(), 1000, 10).create(Path.of("c"))) {
            catalogue.begin(Instant.EPOCH);
            for (int i = 0; i < Math.min(objects.size(), dirs.size()); i++) {
                catalogue.link(objects.get(i), dirs.get(i), 1);
                parents.computeIfAbsent(objects.get(i), o -> new TreeSet<>()).add(dirs.get(i));
            }
            Collector collector = new Collector(catalogue, 1, 10, Optional.empty());
            changed.forEach(collector::spill);

            TreeSet<Long> expected = new TreeSet<>(changed);
            expected.add(Catalogue.ROOT_DIR);
            int before;
            do {
                before = expected.size();
                for (long dir : List.copyOf(expected)) {
                    expected.addAll(parents.getOrDefault(dir, new TreeSet<>()));
                }
            } while (expected.size() > before);
            assertThat(Told.all(DirectoryClosure.of(catalogue, collector.finish(), new ObjectSet())))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void directoriesToBeListedAgainAreVisited() throws Exception {
        try (Told told = new Told()) {
            told.catalogue.begin(Instant.EPOCH);
            told.catalogue.listAgain(List.of(21L));
            assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 20L, 21L);
        }
    }
}
