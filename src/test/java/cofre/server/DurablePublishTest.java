package cofre.server;

import static cofre.server.TestClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K6: death and power loss at every step of an upload. */
class DurablePublishTest {
    private static final byte[] CONTENT = "some bytes that matter".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final RepoPath REPO = new RepoPath(List.of("r"));
    private static final List<Item.StoredFile> ITEMS = List.of(
            new Item.Blob(FileType.DATA, id(CONTENT)),
            new Item.Blob(FileType.SNAPSHOTS, id(CONTENT)),
            new Item.Config());

    @TempDir
    Path root;

    private CrashingDisk disk;
    private BlobStore store;

    @BeforeEach
    void openStore() {
        restart(new CrashingDisk());
    }

    private void restart(CrashingDisk onDisk) {
        disk = onDisk;
        Quota quota = new Quota(OptionalLong.empty(), OptionalLong.empty(), Usage.none());
        store = new BlobStore(new StoreLayout(root), StoreRules.standard(), disk, quota, new Random(5));
    }

    private void upload(Item.StoredFile item) throws IOException, Refusal {
        IncomingFile incoming = store.receive(REPO, item, OptionalLong.of(CONTENT.length));
        incoming.write(ByteBuffer.wrap(CONTENT, 0, 5));
        incoming.write(ByteBuffer.wrap(CONTENT, 5, CONTENT.length - 5));
        incoming.publish();
    }

    @Test
    void syncsBytesBeforeTheNameAndTheNameBeforeTheAnswer() throws Exception {
        store.createRepository(REPO);
        for (Item.StoredFile item : ITEMS) {
            disk.journal().clear();
            upload(item);
            assertThat(disk.journal())
                    .containsExactly("create", "write", "write", "sync file", "link", "delete", "sync folder");
        }
    }

    @Test
    void sayingThatANameIsTakenIsAsDurableAsSuccess() throws Exception {
        store.createRepository(REPO);
        upload(ITEMS.get(0));
        disk.journal().clear();
        assertThat(refusalOf(() -> upload(ITEMS.get(0)))).isInstanceOf(Refusal.Exists.class);
        assertThat(disk.journal()).containsExactly("sync folder");
    }

    @Test
    void deletedIndexesStayDeletedAndPacksAreNotWaitedFor() throws Exception {
        store.createRepository(REPO);
        upload(ITEMS.get(0));
        upload(ITEMS.get(1));
        disk.journal().clear();
        store.delete("", REPO, ITEMS.get(0));
        assertThat(disk.journal()).containsExactly("delete");
        store.delete("", REPO, ITEMS.get(1));
        assertThat(disk.journal()).containsExactly("delete", "delete", "sync folder");
    }

    @Test
    void everyCrashLeavesAWholeFileOrNone() throws Exception {
        for (Item.StoredFile item : ITEMS) {
            int operations = 0;
            boolean acknowledged = false;
            while (!acknowledged) {
                for (int seed = 0; seed < 8; seed++) {
                    acknowledged = crashAndCheck(item, operations, new Random(seed));
                }
                operations++;
            }
            assertThat(operations).as("crash points").isGreaterThan(8);
        }
    }

    /** One life: folders are made, an upload crashes (or not), power is lost, the next life tries again. */
    private boolean crashAndCheck(Item.StoredFile item, int operations, Random dice) throws Exception {
        try (Stream<Path> old = Files.walk(root)) {
            old.sorted(java.util.Comparator.reverseOrder())
                    .filter(path -> !path.equals(root))
                    .forEach(path -> path.toFile().delete());
        }
        restart(new CrashingDisk());
        disk.crashAfter(operations);
        boolean acknowledged = false;
        try {
            upload(item);
            acknowledged = true;
        } catch (CrashingDisk.SimulatedCrash e) {
            disk.losePower(dice);
        }
        disk.losePower(dice);
        Path file = new StoreLayout(root).file(REPO, item);
        assertThat(Files.exists(file) || !acknowledged)
                .as("acknowledged means present")
                .isTrue();
        if (Files.exists(file)) {
            assertThat(file).as("after %d operations", operations).hasBinaryContent(CONTENT);
        }
        retryAndLosePowerAgain(item, file, dice);
        return acknowledged;
    }

    private void retryAndLosePowerAgain(Item.StoredFile item, Path file, Random dice) throws Exception {
        try {
            upload(item);
        } catch (Refusal.Exists e) {
            assertThat(file).exists();
        }
        disk.losePower(dice);
        assertThat(file).hasBinaryContent(CONTENT);
        if (item instanceof Item.Blob blob) {
            try (StoredFiles files = store.list(REPO, blob.type())) {
                assertThat(files.next()).contains(new StoredFiles.Entry(blob.id(), CONTENT.length));
                assertThat(files.next()).isEmpty();
            }
        }
    }

    @Test
    void sweepsOldTemporaryFilesAndNothingElse() throws Exception {
        store.createRepository(REPO);
        upload(ITEMS.get(0));
        Path keys = root.resolve("r/keys");
        Path stale = Files.writeString(keys.resolve(id(CONTENT) + ".cofre-temp-0123456789abcdef"), "x");
        Path stranger = Files.writeString(keys.resolve("notes.txt"), "x");
        Instant now = Instant.now();
        new TempSweep(root, Clock.fixed(now.plus(Duration.ofMinutes(30)), ZoneOffset.UTC)).run();
        assertThat(stale).exists();
        new TempSweep(root, Clock.fixed(now.plus(Duration.ofMinutes(61)), ZoneOffset.UTC)).run();
        assertThat(stale).doesNotExist();
        assertThat(stranger).exists();
        assertThat(new StoreLayout(root).file(REPO, ITEMS.get(0))).exists();
    }

    @Test
    void aFailedWriteGivesSpaceBackAndLeavesNothing() throws Exception {
        store.createRepository(REPO);
        IncomingFile incoming = store.receive(REPO, ITEMS.get(0), OptionalLong.empty());
        incoming.write(ByteBuffer.wrap(CONTENT));
        incoming.discard();
        incoming.discard();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static Exception refusalOf(Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("nothing was refused");
    }
}
