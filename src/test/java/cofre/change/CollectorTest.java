package cofre.change;

import static cofre.change.Told.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.source.ChangeListener.Kind;
import cofre.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    private Told told;

    @BeforeEach
    void begin() throws Exception {
        told = new Told();
    }

    @AfterEach
    void end() {
        told.close();
    }

    @Test
    void neighboursDidNotChange() throws Exception {
        told.tell(says(10, 34).dir(), says(11, 10), says(12, 10).links(2));
        assertThat(told.changed()).isEmpty();
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR);
        assertThat(told.unexplained(true)).isEmpty();
    }

    @Test
    void anotherCtimeIsAChange() throws Exception {
        told.tell(says(11, 10).changed(), says(12, 10));
        assertThat(told.changed()).containsExactly(11L);
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 10L);
    }

    /** The first finding of zfs diff: the parent a file remembers may be stale; the catalogue's is right. */
    @Test
    void aStaleParentMisleadsNobody() throws Exception {
        told.tell(says(22, 999).changed());
        assertThat(told.changed()).containsExactly(22L);
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 20L, 21L);
        assertThat(told.unexplained(true)).isEmpty();
    }

    @Test
    void everyDirectoryOfAFileWithSeveralNamesIsVisited() throws Exception {
        told.tell(says(12, 10).changed().links(2));
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 10L, 20L);
    }

    @Test
    void writtenContentIsAChangeWhateverTheCtimeAndTheOrder() throws Exception {
        told.tell(says(11, 10)).write(11, 0, 5);
        told.write(22, 0, 5).tell(says(22, 21));
        told.collector.spill(23);
        told.tell(says(23, 20));
        told.tell(says(12, 10)).collector.content(12, 512, 512, true);
        assertThat(told.changed()).containsExactly(11L, 12L, 22L, 23L);
    }

    @Test
    void withoutReadableAttributesItCountsAsChangedAndAllOfItIsRead() throws Exception {
        told.collector.object(11, Kind.FILE, Optional.empty());
        told.collector.content(11, 0, 10, false);
        assertThat(told.changed()).containsExactly(11L);
        assertThat(told.changes().ranges(11)).isEmpty();
    }

    @Test
    void aNumberUsedAnewSaysNothingOfTheOldContent() throws Exception {
        told.tell(says(11, 20).anew()).write(11, 0, 10);
        assertThat(told.changed()).containsExactly(11L);
        assertThat(told.changes().ranges(11)).isEmpty();
        assertThat(told.visits()).as("where the old file was").contains(10L);
        assertThat(told.unexplained(true)).containsExactly(11L);
        assertThat(told.unexplained(true, 11)).isEmpty();
    }

    @Test
    void filesMadeSinceMustBeSeen() throws Exception {
        told.tell(
                says(10, 34).dir().changed(), says(50, 10).anew(), says(51, 50).anew());
        assertThat(told.changed()).containsExactly(10L, 50L, 51L);
        assertThat(told.unexplained(true)).containsExactly(50L, 51L);
        assertThat(told.unexplained(true, 50, 51)).isEmpty();
    }

    @Test
    void directoriesMadeSinceAreVisited() throws Exception {
        told.tell(says(50, 10).dir().anew(), says(51, 50).anew());
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 10L, 50L);
    }

    @Test
    void whatRulesLeaveOutIsMetWhereItRemembersToBe() throws Exception {
        told.tell(says(60, 20).changed(), says(61, 70).changed());
        assertThat(Told.all(told.changes().strangersDirectories())).containsExactly(20L);
        assertThat(told.visits()).contains(20L);
        Accounting accounting = new Accounting(told.changes(), false);
        accounting.seen(70);
        assertThat(Told.all(accounting.unexplained())).containsExactly(60L, 61L);
        accounting.leftOut(70);
        accounting.leftOut(60);
        assertThat(Told.all(accounting.unexplained())).isEmpty();
    }

    @Test
    void filesRemovedWhileOpenNeedNotBeSeen() throws Exception {
        told.tell(says(11, 10).changed().links(0), says(50, 10).anew().links(0));
        assertThat(told.unexplained(true)).isEmpty();
        assertThat(told.visits()).contains(10L);
    }

    @Test
    void filesRemovedAreMissedInTheirDirectories() throws Exception {
        told.tell(says(10, 34).dir().changed());
        told.collector.freed(11, 1);
        told.collector.freed(12, 3);
        told.collector.freed(100, Long.MAX_VALUE);
        told.collector.freed(90, 5);
        List<String> freed = new ArrayList<>();
        told.changes().freed((first, count) -> freed.add(first + "+" + count));
        assertThat(freed).containsExactly("11+4", "90+5", "100+" + (Long.MAX_VALUE - 100));
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 10L);
    }

    @Test
    void theRootAndZfsOwnObjectsAreNoStrangers() throws Exception {
        told.write(34, 0, 512).tell(says(34, 34).dir().changed());
        told.write(1, 0, 512);
        told.collector.object(1, Kind.INTERNAL, Optional.empty());
        told.collector.object(32, Kind.INTERNAL, Optional.empty());
        told.write(32, 0, 512);
        assertThat(told.changed()).isEmpty();
        assertThat(told.unexplained(true)).isEmpty();
    }

    @Test
    void anAttributeChangesItsFile() throws Exception {
        told.tell(
                says(61, 60).attribute().anew(), says(60, 11).dir().attribute().anew());
        told.write(61, 0, 100);
        assertThat(told.changed()).containsExactly(11L);
        assertThat(told.visits()).as("it may be a directory").containsExactly(Catalogue.ROOT_DIR, 10L, 11L);
        assertThat(told.unexplained(true)).isEmpty();
        assertThat(told.changes().ranges(11).orElseThrow().clip(1000))
                .as("the file itself was not told of: it is what it was")
                .isEmpty();
    }

    @Test
    void anAttributeWhoseFileIsNotKnownIsNotExplained() throws Exception {
        told.tell(says(61, 60).attribute().changed());
        assertThat(told.changed()).isEmpty();
        assertThat(told.unexplained(true)).containsExactly(60L);
        assertThat(told.unexplained(false)).containsExactly(60L);
    }

    @Test
    void anAttributeOfTheRootIsSeenWithTheRoot() throws Exception {
        told.tell(says(60, 34).dir().attribute().anew());
        assertThat(told.unexplained(true, 34)).isEmpty();
        told.tell(says(34, 34).dir());
        assertThat(told.unexplained(true)).isEmpty();
    }

    @Test
    void outsideOfTheShareStrangersExplainThemselves() throws Exception {
        told.tell(
                says(70, 34).dir().anew(), // beside the share
                says(71, 70).anew(), // in there
                says(72, 70).changed(), // there before, outside
                says(73, 10).anew(), // inside: must be seen
                says(74, 80).anew(), // inside a new directory that is seen
                says(80, 10).dir().anew());
        told.collector.object(75, Kind.FILE, Optional.empty());
        told.write(76, 0, 10);
        assertThat(told.unexplained(true, 80)).containsExactly(70L, 71L, 72L, 73L, 74L, 75L, 76L);
        assertThat(told.unexplained(false, 80)).containsExactly(73L, 74L, 75L, 76L);
        assertThat(told.unexplained(false, 80, 73, 74, 75, 76)).isEmpty();
    }

    @Test
    void aFileMovedOutOrInOrWithinIsFoundAtBothEnds() throws Exception {
        told.tell(
                says(10, 34).dir().changed(),
                says(21, 20).dir().changed(),
                says(11, 21).changed());
        assertThat(told.visits()).containsExactly(Catalogue.ROOT_DIR, 10L, 20L, 21L);
    }

    @Test
    void numbersThatAreNoneSpoilWhatWasTold() {
        List<Runnable> wrongs = List.of(
                () -> told.collector.object(-1, Kind.FILE, Optional.empty()),
                () -> told.write(1L << 48, 0, 1),
                () -> told.write(11, -1, 1),
                () -> told.write(11, 0, 0),
                () -> told.collector.spill(-5),
                () -> told.tell(says(60, -7).dir().attribute()));
        for (Runnable wrong : wrongs) {
            try (Told fresh = new Told()) {
                told = fresh;
                wrong.run();
                told.tell(says(11, 10).changed());
                assertThatThrownBy(told::changes).isInstanceOf(SourceException.ChangesUnknown.class);
            } catch (CatalogueException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aDamagedCatalogueIsToldInTheEnd(@TempDir Path temp) throws Exception {
        CatalogueStore store = new CatalogueStore();
        try (Catalogue catalogue = store.create(temp)) {
            catalogue.begin(Told.AFTER);
            catalogue.link(11, 1, ChangeTime.of(Told.BEFORE));
            catalogue.commit("p", "v");
        }
        byte[] bytes = Files.readAllBytes(temp.resolve("objects"));
        bytes[11 * 16] ^= 2;
        Files.write(temp.resolve("objects"), bytes);
        try (Catalogue catalogue = store.open(temp, "p", "v").orElseThrow()) {
            Collector collector = new Collector(catalogue, Told.TXG, 10, Optional.empty());
            collector.spill(11);
            collector.spill(12);
            assertThatThrownBy(collector::finish).isInstanceOf(CatalogueException.Damaged.class);
        }
    }
}
