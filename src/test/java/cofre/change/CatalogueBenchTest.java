package cofre.change;

import static cofre.change.Told.says;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.source.ChangeListener.Kind;
import cofre.source.ObjectAttributes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a share of millions of files costs. The bounds are a few times what a small machine needs. */
@Tag("slow")
class CatalogueBenchTest {
    private static final int OBJECTS = 5_000_000;
    private static final int PER_DIRECTORY = 100;
    private static final Instant SHOWN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long CTIME = ChangeTime.of(Told.BEFORE);

    @TempDir
    Path temp;

    /** Directories in no order, the files of each numbered together: what a walk meets. */
    @Test
    void fiveMillionObjectsInWalkOrder() throws Exception {
        List<Integer> directories = new ArrayList<>();
        for (int i = 0; i < OBJECTS / PER_DIRECTORY; i++) {
            directories.add(i);
        }
        Collections.shuffle(directories, new Random(1));
        CatalogueStore store = new CatalogueStore();
        long before = heap();
        long start = System.nanoTime();
        try (Catalogue catalogue = store.create(temp)) {
            catalogue.begin(SHOWN);
            for (int directory : directories) {
                long first = 1000L + (long) directory * PER_DIRECTORY;
                catalogue.link(first, Catalogue.ROOT_DIR, CTIME);
                for (int i = 1; i < PER_DIRECTORY; i++) {
                    catalogue.link(first + i, first, CTIME);
                }
            }
            long linked = System.nanoTime();
            catalogue.commit("p", "v");
            long end = System.nanoTime();
            long heap = heap() - before;
            System.out.printf(
                    "5 million links %d ms, commit %d ms, heap %d MiB, %d MiB on disk%n",
                    (linked - start) / 1_000_000,
                    (end - linked) / 1_000_000,
                    heap >> 20,
                    Files.size(temp.resolve("objects")) >> 20);
            assertThat(end - start).isLessThan(10_000_000_000L);
            assertThat(heap).isLessThan(48 << 20);
        }
        lookUp(store);
        iterate(store);
    }

    private void lookUp(CatalogueStore store) throws Exception {
        try (Catalogue catalogue = store.open(temp, "p", "v").orElseThrow()) {
            Random dice = new Random(2);
            long[] sum = {0};
            long time = 0;
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < 100_000; i++) {
                    catalogue.parents(1000 + dice.nextInt(OBJECTS), parent -> sum[0] += parent);
                }
                time = System.nanoTime() - start;
                System.out.printf("100,000 random look-ups %d ms%n", time / 1_000_000);
            }
            assertThat(sum[0]).isPositive();
            assertThat(time).isLessThan(1_000_000_000L);
        }
    }

    private void iterate(CatalogueStore store) throws Exception {
        try (Catalogue catalogue = store.open(temp, "p", "v").orElseThrow()) {
            long start = System.nanoTime();
            long count = 0;
            for (long o = catalogue.next(0); o >= 0; o = catalogue.next(o + 1)) {
                count++;
            }
            System.out.printf("all %d in order %d ms%n", count, (System.nanoTime() - start) / 1_000_000);
            assertThat(count).isEqualTo(OBJECTS);
            catalogue.begin(SHOWN);
            catalogue.forgetRange(2, Long.MAX_VALUE);
            assertThat(catalogue.next(0)).isEqualTo(-1);
        }
    }

    /** chmod -R on a large share: every object changed, with no content written. */
    @Test
    void tenMillionChangedObjectsTakeLittleMemory() throws Exception {
        tell("chmod -R", 10, false);
    }

    /** A large tree copied in: every object is new and was written. */
    @Test
    void tenMillionNewObjectsTakeLittleMemory() throws Exception {
        tell("all new", Told.TXG + 1, true);
    }

    private static void tell(String what, long generation, boolean written) throws Exception {
        try (Told told = new Told()) {
            told.tell(says(11, 10).changed());
            long before = heap();
            long start = System.nanoTime();
            for (int i = 0; i < 10_000_000; i++) {
                long object = 1000L + i;
                boolean isDir = i % PER_DIRECTORY == 0;
                long parent = object - (isDir ? PER_DIRECTORY : i % PER_DIRECTORY);
                told.collector.object(
                        object,
                        isDir ? Kind.DIRECTORY : Kind.FILE,
                        Optional.of(new ObjectAttributes(
                                0644, 512, generation, 0, 0, parent, false, Told.AFTER, Told.AFTER, 1)));
                told.collector.content(object, 512, Long.MAX_VALUE, true);
                if (written) {
                    told.collector.content(object, 0, 512, false);
                }
            }
            Changes changes = told.changes();
            long time = System.nanoTime() - start;
            long heap = heap() - before;
            System.out.printf(
                    "%s: 10 million objects told in %d ms, heap %d MiB%n", what, time / 1_000_000, heap >> 20);
            assertThat(changes.changed().size()).isEqualTo(10_000_001);
            assertThat(changes.ranges(5_000_001).map(r -> r.clip(512)))
                    .isEqualTo(written ? Optional.empty() : Optional.of(List.of()));
            assertThat(heap).isLessThan(64 << 20);
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
