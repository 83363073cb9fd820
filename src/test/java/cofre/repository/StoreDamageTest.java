package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.progress.Progress;
import cofre.repository.check.Finding;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Engines;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S2, S3, S4, S6: whatever becomes of a stored file, what is read is right or is refused with a sentence, and a check
 * names the file.
 */
@Timeout(1200)
class StoreDamageTest {
    private SmallRepository small;
    private final Random random = new Random(7);

    @BeforeEach
    void makeRepository() throws Exception {
        small = new SmallRepository();
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA", "INDEX", "SNAPSHOTS"})
    void s2EveryFlippedByteIsSeen(FileType type) throws Exception {
        for (FileHandle file : small.files(type)) {
            byte[] whole = small.bytes(file);
            for (int at = 0; at < whole.length; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 + random.nextInt(255));
                suffer(file, damaged, at % 10 == 0);
            }
            small.store.plant(file, whole);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA", "INDEX", "SNAPSHOTS"})
    void s2EveryCutIsSeen(FileType type) throws Exception {
        for (FileHandle file : small.files(type)) {
            byte[] whole = small.bytes(file);
            for (int length = 0; length < whole.length; length++) {
                suffer(file, Arrays.copyOf(whole, length), length % 10 == 0);
            }
            suffer(file, Arrays.copyOf(whole, whole.length + 1), true);
            small.store.plant(file, whole);
        }
    }

    private void suffer(FileHandle file, byte[] damaged, boolean check) throws Exception {
        small.store.plant(file, damaged);
        readsRightOrRefuses(file);
        if (check) {
            assertThat(small.check().findings())
                    .as("a check names %s", file)
                    .anyMatch(finding -> finding.toString().contains(file.name()));
        }
    }

    private void readsRightOrRefuses(FileHandle file) throws Exception {
        try {
            assertThat(small.readAll(small.over(small.store))).containsExactly(small.content);
            // Only the header of a pack is not needed to read: then a check has to say so.
            assertThat(file.type()).isEqualTo(FileType.DATA);
        } catch (RepositoryException.Damaged e) {
            assertThat(e).hasMessageStartingWith("cannot read ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA", "INDEX", "SNAPSHOTS"})
    void s3AMissingFileIsSeen(FileType type) throws Exception {
        for (FileHandle file : small.files(type)) {
            byte[] whole = small.bytes(file);
            small.store.delete(file);
            CheckRun.Report report = small.check();
            if (type == FileType.SNAPSHOTS) {
                assertThat(report.points()).isZero(); // only what remembers it from elsewhere can miss it
            } else {
                assertThat(report.isSound()).isFalse();
            }
            small.store.plant(file, whole);
        }
        assertThat(small.check().findings()).isEmpty();
    }

    @Test
    void s2DamagedKeyAndConfigAreRefused() throws Exception {
        openDamaged(16);
    }

    @Tag("slow")
    @Test
    void s2EveryDamagedByteOfKeyAndConfigIsRefused() throws Exception {
        openDamaged(1);
    }

    private void openDamaged(int step) throws Exception {
        for (FileHandle file :
                Stream.of(FileHandle.CONFIG, small.only(FileType.KEYS)).toList()) {
            byte[] whole = small.bytes(file);
            for (int at = 0; at < whole.length; at += step) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 + random.nextInt(255));
                refusesToOpen(file, flipped);
                refusesToOpen(file, Arrays.copyOf(whole, at));
            }
            small.store.plant(file, whole);
        }
    }

    private void refusesToOpen(FileHandle file, byte[] damaged) throws Exception {
        small.store.plant(file, damaged);
        try {
            new Repositories(Engines.engine(small.clock)).open(small.store, Engines.password());
            throw new AssertionError("opened with a damaged " + file);
        } catch (RepositoryException.Damaged e) {
            assertThat(e)
                    .hasMessageStartingWith("cannot open repository memory: ")
                    .hasMessageContaining(file.type() == FileType.CONFIG ? "config" : file.name());
        }
    }

    @Test
    void s3AMissingKeyIsToldAndAnotherOneOpens() throws Exception {
        FileHandle key = small.only(FileType.KEYS);
        byte[] whole = small.bytes(key);
        small.store.delete(key);
        assertThatThrownBy(() -> new Repositories(Engines.engine(small.clock)).open(small.store, Engines.password()))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("cannot open repository memory: ");
        small.store.plant(key, whole);
        try (cofre.seal.Secret other = cofre.seal.Secret.ofChars("another".toCharArray())) {
            new KeyChanges(small.over(small.store)).add(other);
        }
        small.store.delete(key);
        try (cofre.seal.Secret other = cofre.seal.Secret.ofChars("another".toCharArray());
                Repository opened = new Repositories(Engines.engine(small.clock)).open(small.store, other)) {
            assertThat(opened.config()).isEqualTo(small.repository.config());
        }
    }

    @Test
    void s6ADamagedTreeOfTheParentIsWrittenAgainByTheNextRun() throws Exception {
        for (FileHandle pack : small.files(FileType.DATA)) {
            byte[] damaged = small.bytes(pack);
            for (int at = 0; at < damaged.length / 2; at++) {
                damaged[at] ^= 1;
            }
            small.store.plant(pack, damaged);
        }
        small.clock.advance(java.time.Duration.ofHours(1));
        small.live.child("a.txt").write("hello again".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        small.backUp();
        // Nothing of the old trees can be read, so all are compared with nothing, and every directory is kept anew.
        Repository after = small.over(small.store);
        after.loadIndex(Progress.NONE);
        StoredSnapshot newest = after.snapshots(Progress.NONE).stream()
                .max(java.util.Comparator.comparing(p -> p.snapshot().time().toInstant()))
                .orElseThrow();
        readTrees(after, newest.snapshot().tree());
        assertThat(small.check().findings()).extracting(Finding::severity).contains(Finding.Severity.DAMAGE);
    }

    private static void readTrees(Repository repository, cofre.format.BlobId tree) throws Exception {
        for (cofre.format.Node node : repository.reader().tree(tree).nodes()) {
            if (node.body() instanceof cofre.format.Node.DirBody dir) {
                readTrees(repository, dir.subtree());
            }
        }
    }
}
