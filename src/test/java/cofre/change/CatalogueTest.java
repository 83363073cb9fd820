package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    private static final Instant SHOWN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long OLD = ChangeTime.of(SHOWN.minusSeconds(100_000));

    @TempDir
    Path temp;

    private final CatalogueStore store = new CatalogueStore();

    @Test
    void onlyItsOwnerCanReadIt() throws Exception {
        Path dir = temp.resolve("a/b");
        fill(dir, 1000);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void theRootIsAlwaysKnownAndHasNoParent() throws Exception {
        try (Catalogue catalogue = store.create(temp.resolve("c"))) {
            assertThat(catalogue.knows(Catalogue.ROOT_DIR)).isTrue();
            assertThat(CatalogueModel.parents(catalogue, Catalogue.ROOT_DIR)).isEmpty();
            assertThat(catalogue.ctime(Catalogue.ROOT_DIR)).isEqualTo(ChangeTime.NONE);
            assertThat(catalogue.next(0)).isEqualTo(-1);
        }
    }

    @Test
    void isValidForItsPointAndViewOnly() throws Exception {
        Path dir = temp.resolve("c");
        assertThat(store.open(dir, "p", "v")).isEmpty();
        fill(dir, 10);
        assertThat(store.open(dir, "q", "v")).isEmpty();
        assertThat(store.open(dir, "p", "w")).isEmpty();
        store.open(dir, "p", "v").orElseThrow().close();
        try (Catalogue catalogue = store.open(dir, "p", "v").orElseThrow()) {
            catalogue.begin(SHOWN);
        }
        assertThat(store.open(dir, "p", "v")).isEmpty();
        fill(dir, 10);
        store.create(dir).close();
        assertThat(store.open(dir, "p", "v")).isEmpty();
    }

    @Test
    void isEditedBetweenBeginAndCommitOnly() throws Exception {
        try (Catalogue catalogue = store.create(temp.resolve("c"))) {
            assertThatThrownBy(() -> catalogue.link(2, 1, OLD)).isInstanceOf(IllegalStateException.class);
            catalogue.begin(SHOWN);
            catalogue.link(2, 1, OLD);
            catalogue.commit("p", "v");
            assertThatThrownBy(() -> catalogue.unlink(2, 1)).isInstanceOf(IllegalStateException.class);
            assertThat(catalogue.knows(2)).isTrue();
        }
    }

    /** A snapshot can be taken within one tick of a file system's clock: the ctime then does not tell a later change. */
    @Test
    void ctimesNearTheMomentOfTheViewAreNotKept() throws Exception {
        try (Catalogue catalogue = store.create(temp.resolve("c"))) {
            catalogue.begin(SHOWN);
            long fresh = ChangeTime.of(SHOWN.minusSeconds(Catalogue.RACY_SECONDS));
            long settled = ChangeTime.of(SHOWN.minusSeconds(Catalogue.RACY_SECONDS + 1));
            catalogue.link(2, 1, fresh);
            catalogue.link(3, 1, settled);
            catalogue.link(4, 1, ChangeTime.of(SHOWN.plusSeconds(5)));
            assertThat(catalogue.ctime(2)).isEqualTo(ChangeTime.NONE);
            assertThat(catalogue.ctime(3)).isEqualTo(settled);
            assertThat(catalogue.ctime(4)).isEqualTo(ChangeTime.NONE);
            catalogue.touch(3, fresh);
            assertThat(catalogue.ctime(3)).isEqualTo(ChangeTime.NONE);
        }
    }

    @Test
    void refusesNumbersBeyondItsLimit() throws Exception {
        for (long[] wrong : new long[][] {
            {CatalogueStore.MAX_OBJECT + 1, 1}, {5, CatalogueStore.MAX_OBJECT + 1}, {-1, 1}, {1, 1}, {5, 0}, {0, 1}
        }) {
            try (Catalogue catalogue = store.create(temp.resolve("c"))) {
                catalogue.begin(SHOWN);
                assertThatThrownBy(() -> catalogue.link(wrong[0], wrong[1], OLD))
                        .isInstanceOf(CatalogueException.TooLarge.class);
                assertThatThrownBy(() -> catalogue.commit("p", "v")).isInstanceOf(IllegalStateException.class);
            }
        }
        try (Catalogue catalogue = store.create(temp.resolve("c"))) {
            catalogue.begin(SHOWN);
            catalogue.link(CatalogueStore.MAX_OBJECT, CatalogueStore.MAX_OBJECT, OLD);
            assertThat(catalogue.knows(Long.MAX_VALUE)).isFalse();
            assertThat(catalogue.unlink(Long.MAX_VALUE, 1)).isFalse();
            catalogue.forgetRange(0, Long.MAX_VALUE);
            assertThat(catalogue.knows(CatalogueStore.MAX_OBJECT)).isFalse();
        }
    }

    @Test
    void keepsFactsAndDirectoriesToListAgain() throws Exception {
        Path dir = temp.resolve("c");
        try (Catalogue catalogue = store.create(dir)) {
            catalogue.begin(SHOWN);
            catalogue.facts(Map.of("owners", "ção", "", "e"));
            catalogue.listAgain(List.of(7L, 1L));
            catalogue.commit("p", "v");
        }
        try (Catalogue catalogue = store.open(dir, "p", "v").orElseThrow()) {
            assertThat(catalogue.facts()).isEqualTo(Map.of("owners", "ção", "", "e"));
            assertThat(catalogue.listAgain()).containsExactly(7L, 1L);
            catalogue.begin(SHOWN);
            assertThatThrownBy(() -> catalogue.facts(Map.of("k", "x".repeat(Catalogue.MAX_FACTS))))
                    .isInstanceOf(CatalogueException.TooLarge.class);
        }
        try (Catalogue catalogue = store.create(dir)) {
            catalogue.begin(SHOWN);
            assertThatThrownBy(() -> catalogue.listAgain(Collections.nCopies(1001, 2L)))
                    .isInstanceOf(CatalogueException.TooLarge.class);
        }
    }

    @Test
    void aFullDiskIsAnExceptionAndNothingIsValidAfterwards() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        CatalogueStore onDisk = new CatalogueStore(disk, 1000, 10);
        try (Catalogue catalogue = onDisk.create(temp)) {
            catalogue.begin(SHOWN);
            catalogue.link(2, 1, OLD);
            disk.failWith(new IOException("No space left on device"));
            assertThatThrownBy(() -> catalogue.commit("p", "v"))
                    .isInstanceOf(CatalogueException.Unusable.class)
                    .hasMessageContaining("No space left on device");
            disk.failWith(null);
            assertThatThrownBy(() -> catalogue.commit("p", "v")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(onDisk.open(temp, "p", "v")).isEmpty();
    }

    /** Any flipped bit is noticed: there is no catalogue, or it says so, or what it says is right. */
    @Test
    void aFlippedBitIsNeverAWrongAnswer() throws Exception {
        Path dir = temp.resolve("c");
        CatalogueModel model = fill(dir, 1500);
        Random dice = new Random(3);
        int noticed = 0;
        for (int round = 0; round < 600; round++) {
            Path file = dir.resolve(List.of("head", "objects", "links").get(round % 3));
            byte[] whole = Files.readAllBytes(file);
            byte[] broken = whole.clone();
            broken[dice.nextInt(broken.length)] ^= (byte) (1 << dice.nextInt(8));
            Files.write(file, broken);
            noticed += isNoticed(dir, model) ? 1 : 0;
            Files.write(file, whole);
        }
        assertThat(noticed).isEqualTo(600);
        assertThat(isNoticed(dir, model)).isFalse();
    }

    @Test
    void pagesLostShortenedOrInEachOthersPlaceAreNoticed() throws Exception {
        Path dir = temp.resolve("c");
        CatalogueModel model = fill(dir, 1500);
        byte[] whole = Files.readAllBytes(dir.resolve("objects"));
        byte[] swapped = whole.clone();
        System.arraycopy(whole, 0, swapped, RecordPage.BYTES, RecordPage.BYTES);
        System.arraycopy(whole, RecordPage.BYTES, swapped, 0, RecordPage.BYTES);
        byte[] zeroed = whole.clone();
        java.util.Arrays.fill(zeroed, RecordPage.BYTES, 2 * RecordPage.BYTES, (byte) 0);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        byte[] foreign = whole.clone();
        System.arraycopy(Files.readAllBytes(dir.resolve("links")), 0, foreign, 0, RecordPage.BYTES);
        for (byte[] broken : List.of(swapped, zeroed, cut, foreign, new byte[0])) {
            Files.write(dir.resolve("objects"), broken);
            assertThat(isNoticed(dir, model)).isTrue();
        }
        Files.delete(dir.resolve("objects"));
        assertThat(isNoticed(dir, model)).isTrue();
        Files.write(dir.resolve("objects"), whole);
        Files.write(dir.resolve("head"), new byte[3]);
        assertThat(isNoticed(dir, model)).isTrue();
    }

    private boolean isNoticed(Path dir, CatalogueModel model) {
        try (Catalogue catalogue = store.open(dir, "p", "v").orElse(null)) {
            if (catalogue == null) {
                return true;
            }
            model.assertSame(catalogue);
            return false;
        } catch (CatalogueException e) {
            return true;
        }
    }

    /** A third of the objects has several names. */
    private CatalogueModel fill(Path dir, int count) throws CatalogueException {
        CatalogueModel model = new CatalogueModel();
        try (Catalogue catalogue = store.create(dir)) {
            catalogue.begin(SHOWN);
            for (int i = 2; i < 2 + count; i++) {
                for (int link = 0; link <= (i % 3 == 0 ? i % 5 : 0); link++) {
                    catalogue.link(i, 1 + link / 2, OLD + i);
                    model.link(i, 1 + link / 2, OLD + i);
                }
            }
            catalogue.commit("p", "v");
        }
        return model;
    }
}
