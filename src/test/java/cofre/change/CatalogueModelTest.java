package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.CrashPoint;
import cofre.testkit.SimulatedCrash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CatalogueModelTest {
    private static final Path DIR = Path.of("catalogue");
    /** So few pages that edits reach the disk before they are committed. */
    private static final int CACHED = 2;

    private static final Instant SHOWN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long[] OTHERS = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 254, 255, 256, 257, 510, 100_000};

    @Provide
    Arbitrary<List<CatalogueEdit>> edits() {
        return CatalogueEdit.any().list().ofMaxSize(120);
    }

    @Property(tries = 400)
    void saysWhatItWasToldAlsoAfterReopening(
            @ForAll("edits") List<CatalogueEdit> first, @ForAll("edits") List<CatalogueEdit> second) throws Exception {
        CatalogueStore store = new CatalogueStore(new MemoryDisk(), 1 << 20, CACHED);
        CatalogueModel model = new CatalogueModel();
        try (Catalogue catalogue = store.create(DIR)) {
            run(catalogue, model, first, "p1");
            model.assertSame(catalogue, OTHERS);
        }
        try (Catalogue catalogue = store.open(DIR, "p1", "v").orElseThrow()) {
            model.assertSame(catalogue, OTHERS);
            run(catalogue, model, second, "p2");
            model.assertSame(catalogue, OTHERS);
        }
        try (Catalogue catalogue = store.open(DIR, "p2", "v").orElseThrow()) {
            model.assertSame(catalogue, OTHERS);
            assertThat(catalogue.facts()).containsEntry("point", "p2");
        }
    }

    /** Whatever the moment of death, what can be opened afterwards is the point before or the new one, whole. */
    @Property(tries = 60)
    void deathAtAnyOperationLeavesAWholeCatalogueOrNone(
            @ForAll("edits") List<CatalogueEdit> first, @ForAll("edits") List<CatalogueEdit> second, @ForAll int seed)
            throws Exception {
        int operations = deathAt(0, CrashPoint.Moment.BEFORE, first, second, seed);
        for (int at = 1; at <= operations; at++) {
            for (CrashPoint.Moment moment : CrashPoint.Moment.values()) {
                deathAt(at, moment, first, second, seed + at);
            }
        }
    }

    private static int deathAt(
            int at, CrashPoint.Moment moment, List<CatalogueEdit> first, List<CatalogueEdit> second, int seed)
            throws Exception {
        MemoryDisk disk = new MemoryDisk();
        CatalogueStore store = new CatalogueStore(disk, 1 << 20, CACHED);
        CatalogueModel before = new CatalogueModel();
        try (Catalogue catalogue = store.create(DIR)) {
            run(catalogue, before, first, "p1");
        }
        CrashPoint point = new CrashPoint(at, moment);
        disk.dieAt(point);
        CatalogueModel after = before.copy();
        try (Catalogue catalogue = store.open(DIR, "p1", "v").orElseThrow()) {
            run(catalogue, after, second, "p2");
        } catch (SimulatedCrash e) {
            assertThat(point.isDead()).isTrue();
        }
        disk.losePower(new Random(seed));
        check(store, "p1", before, point);
        boolean committed = check(store, "p2", after, point);
        assertThat(committed || point.isDead()).isTrue();
        return point.operations().size();
    }

    private static boolean check(CatalogueStore store, String point, CatalogueModel model, CrashPoint death)
            throws CatalogueException {
        Optional<Catalogue> found = store.open(DIR, point, "v");
        assertThat(store.open(DIR, point, "w")).isEmpty();
        if (found.isEmpty()) {
            return false;
        }
        try (Catalogue catalogue = found.get()) {
            assertThat(catalogue.facts()).as(death.toString()).isEqualTo(Map.of("point", point));
            model.assertSame(catalogue, OTHERS);
        }
        return true;
    }

    private static void run(Catalogue catalogue, CatalogueModel model, List<CatalogueEdit> edits, String point)
            throws CatalogueException {
        catalogue.begin(SHOWN);
        for (CatalogueEdit edit : edits) {
            edit.doTo(catalogue, model);
        }
        catalogue.facts(Map.of("point", point));
        catalogue.commit(point, "v");
    }
}
