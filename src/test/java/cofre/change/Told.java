package cofre.change;

import cofre.source.ChangeListener.Kind;
import cofre.source.ObjectAttributes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small share as a catalogue knows it, and a collector that is told things about it the way streams tell them.
 *
 * <pre>
 * root(1)  a(10)  f(11)
 *                 g(12), also as b/g2
 *          b(20)  c(21)  h(22)
 *                 s(23)
 * </pre>
 */
final class Told implements AutoCloseable {
    static final long TXG = 500;
    /** The number the root of the file system has in streams. */
    static final long REAL_ROOT = 34;

    private static final Instant SHOWN = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant BEFORE = SHOWN.minusSeconds(1_000_000);
    static final Instant AFTER = SHOWN.plusSeconds(100);

    final Catalogue catalogue;
    final Collector collector;

    Told() throws CatalogueException {
        this(Collector.MAX_RANGES, Optional.empty());
    }

    Told(int maxRanges, Optional<PathResolver> resolver) throws CatalogueException {
        catalogue = new CatalogueStore(new MemoryDisk(), 1L << 36, 100).create(Path.of("c"));
        catalogue.begin(SHOWN);
        long ctime = ChangeTime.of(BEFORE);
        for (long[] link : new long[][] {
            {10, Catalogue.ROOT_DIR},
            {11, 10},
            {12, 10},
            {12, 20},
            {20, Catalogue.ROOT_DIR},
            {21, 20},
            {22, 21},
            {23, 20}
        }) {
            catalogue.link(link[0], link[1], ctime);
        }
        catalogue.commit("p", "v");
        collector = new Collector(catalogue, TXG, maxRanges, resolver);
    }

    /** What a record says of an object made before the base and not changed since. */
    static Says says(long object, long parent) {
        return new Says(object, Kind.FILE, parent, 10, BEFORE, 1, false, 1000);
    }

    /** A record; the withers make it say something else. */
    record Says(
            long object,
            Kind kind,
            long parent,
            long generation,
            Instant ctime,
            long links,
            boolean isAttribute,
            long size) {
        Says dir() {
            return new Says(object, Kind.DIRECTORY, parent, generation, ctime, links, isAttribute, size);
        }

        Says changed() {
            return new Says(object, kind, parent, generation, AFTER, links, isAttribute, size);
        }

        Says anew() {
            return new Says(object, kind, parent, TXG + 1, AFTER, links, isAttribute, size);
        }

        Says links(long count) {
            return new Says(object, kind, parent, generation, ctime, count, isAttribute, size);
        }

        Says attribute() {
            return new Says(object, kind, parent, generation, ctime, links, true, size);
        }

        Says size(long bytes) {
            return new Says(object, kind, parent, generation, ctime, links, isAttribute, bytes);
        }
    }

    Told tell(Says... all) {
        for (Says s : all) {
            collector.object(
                    s.object,
                    s.kind,
                    Optional.of(new ObjectAttributes(
                            0644, s.size, s.generation, 0, 0, s.parent, s.isAttribute, s.ctime, s.ctime, s.links)));
            // As a stream does, behind the blocks of every object.
            collector.content(s.object, (s.size + 511) / 512 * 512, Long.MAX_VALUE, true);
        }
        return this;
    }

    Told write(long object, long offset, long length) {
        collector.content(object, offset, length, false);
        return this;
    }

    Changes changes() throws Exception {
        return collector.finish();
    }

    List<Long> changed() throws Exception {
        return all(changes().changed());
    }

    List<Long> visits() throws Exception {
        ObjectSet again = new ObjectSet();
        catalogue.listAgain().forEach(again::add);
        return all(DirectoryClosure.of(catalogue, changes(), again));
    }

    List<Long> unexplained(boolean wholeDataset, long... seen) throws Exception {
        Accounting accounting = new Accounting(changes(), wholeDataset);
        for (long object : seen) {
            accounting.seen(object);
        }
        return all(accounting.unexplained());
    }

    static List<Long> all(ObjectSet set) {
        List<Long> all = new ArrayList<>();
        set.forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        catalogue.close();
    }
}
