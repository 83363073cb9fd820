package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a catalogue should hold, as simply as it can be said. */
final class CatalogueModel {
    private record Known(long ctime, List<Long> parents) {}

    private final TreeMap<Long, Known> objects = new TreeMap<>();

    CatalogueModel copy() {
        CatalogueModel copy = new CatalogueModel();
        objects.forEach((o, known) -> copy.objects.put(o, new Known(known.ctime, new ArrayList<>(known.parents))));
        return copy;
    }

    void link(long object, long dir, long ctime) {
        Known before = objects.getOrDefault(object, new Known(0, new ArrayList<>()));
        before.parents.add(dir);
        objects.put(object, new Known(ctime, before.parents));
    }

    boolean unlink(long object, long dir) {
        Known known = objects.get(object);
        if (known == null || !known.parents.remove((Long) dir)) {
            return false;
        }
        if (known.parents.isEmpty()) {
            objects.remove(object);
        }
        return true;
    }

    boolean touch(long object, long ctime) {
        Known known = objects.get(object);
        if (known != null) {
            objects.put(object, new Known(ctime, known.parents));
        }
        return known != null;
    }

    void forgetRange(long first, long count) {
        objects.keySet().removeIf(o -> o >= first && o - first < count);
    }

    /** The catalogue says exactly this, of all objects and of those that are none. */
    void assertSame(Catalogue catalogue, long... others) throws CatalogueException {
        List<Long> all = new ArrayList<>();
        for (long o = catalogue.next(0); o >= 0; o = catalogue.next(o + 1)) {
            all.add(o);
        }
        assertThat(all).containsExactlyElementsOf(objects.keySet());
        for (Map.Entry<Long, Known> entry : objects.entrySet()) {
            assertSame(catalogue, entry.getKey(), entry.getValue());
        }
        for (long other : others) {
            assertThat(catalogue.knows(other)).isEqualTo(objects.containsKey(other));
        }
    }

    private static void assertSame(Catalogue catalogue, long object, Known known) throws CatalogueException {
        assertThat(catalogue.knows(object)).isTrue();
        assertThat(catalogue.ctime(object)).isEqualTo(known.ctime);
        assertThat(parents(catalogue, object)).isEqualTo(sorted(known.parents));
    }

    static List<Long> parents(Catalogue catalogue, long object) throws CatalogueException {
        List<Long> parents = new ArrayList<>();
        catalogue.parents(object, parents::add);
        return sorted(parents);
    }

    private static List<Long> sorted(List<Long> any) {
        List<Long> sorted = new ArrayList<>(any);
        Collections.sort(sorted);
        return sorted;
    }
}
