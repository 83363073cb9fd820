package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.source.SourceException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.MemoryNode;
import cofre.testkit.PointContents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trees through a whole run, over a store that asserts the order of writes. */
@Timeout(120)
class TreeWriterTest {
    private static final Instant BEFORE = Instant.parse("2026-02-03T04:05:06.000000007Z");

    private CrashWorld world;
    private MemoryNode live;

    @BeforeEach
    void makeWorld() throws Exception {
        world = new CrashWorld();
        live = world.live;
    }

    @AfterEach
    void everyHandleIsClosed() {
        assertThat(live.openHandles()).isZero();
    }

    private BackupReport run() throws Exception {
        world.clock.advance(Duration.ofMinutes(1));
        return world.run(CrashPoint.never());
    }

    /** Only what {@code change} changes differs from what the parent restore point says. */
    private void readAgainAfter(Consumer<MemoryNode> change) throws Exception {
        MemoryNode file = live.file("f", "content").times(BEFORE, BEFORE);
        live.file("other", "untouched");
        run();
        assertThat(run().bytesRead()).isZero();
        change.accept(file);
        BackupReport report = run();
        assertThat(report.bytesRead()).isEqualTo(size(file));
        assertThat(report.summary().filesChanged()).isEqualTo(1);
        assertThat(run().bytesRead()).isZero();
        world.assertTidy();
    }

    private static long size(MemoryNode file) {
        return PointContents.of(file, "/f").get("/f").startsWith("7 bytes") ? 7 : 12;
    }

    @Test
    void aNewModificationTimeAloneIsReadAgain() throws Exception {
        readAgainAfter(file -> file.times(BEFORE.plusNanos(1), BEFORE));
    }

    @Test
    void aNewChangeTimeAloneIsReadAgain() throws Exception {
        readAgainAfter(file -> file.times(BEFORE, BEFORE.minusNanos(1)));
    }

    @Test
    void aNewInodeAloneIsReadAgain() throws Exception {
        readAgainAfter(MemoryNode::newInode);
    }

    @Test
    void anotherSizeAloneIsReadAgain() throws Exception {
        readAgainAfter(file ->
                file.write("more content".getBytes(StandardCharsets.UTF_8)).times(BEFORE, BEFORE));
    }

    @Test
    void anotherTypeIsNeverTakenForTheOldFile() throws Exception {
        live.file("f", "content");
        live.dir("d").file("x", "y");
        run();
        live.remove("f");
        live.dir("f").file("in", "it");
        live.remove("d");
        live.file("d", "now a file");
        BackupReport report = run();
        assertThat(report.bytesRead()).isEqualTo(12);
        world.assertTidy();
    }

    @Test
    void aFileWhoseChunkIsGoneFromTheIndexIsReadAgain() throws Exception {
        live.file("f", "content");
        run();
        for (FileHandle index : world.names(FileType.INDEX)) {
            world.store.delete(index);
        }
        BackupReport second = run();
        assertThat(second.bytesRead()).isEqualTo(7);
        assertThat(second.summary().filesChanged()).isZero(); // its directory could not be compared with
        assertThat(world.open(CrashPoint.never()).snapshots(Progress.NONE)).hasSize(2);
        world.assertSound();
    }

    @Test
    void namesAreKeptInTheOrderOfTheirBytes() throws Exception {
        live.file(RawName.of(new byte[] {(byte) 0xff}), new byte[] {1});
        live.file("\uFFFD", "a"); // EF BF BD comes before F0 9F ..: not the order of Java's characters
        live.file("\uD83D\uDE00", "b");
        live.file("a", "c");
        live.file("a b", "d");
        live.file("B", "e");
        run();
        run();
        world.assertTidy();
    }

    @Test
    void aDeepTreeNeedsNoDeepStack() throws Exception {
        MemoryNode dir = live;
        for (int i = 0; i < 3000; i++) {
            dir = dir.dir("d");
        }
        dir.file("bottom", "here");
        CompletableFuture<BackupReport> result = new CompletableFuture<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        result.complete(world.runUnasserted());
                    } catch (Exception | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "small-stack",
                256 << 10);
        small.start();
        BackupReport report = result.get(100, TimeUnit.SECONDS);
        assertThat(report.summary().dirsNew()).isEqualTo(3001);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void aDirectoryOfFiftyThousandFilesIsKept() throws Exception {
        MemoryNode wide = live.dir("wide");
        for (int i = 0; i < 50_000; i++) {
            wide.file("file " + i, "content " + i % 10);
        }
        BackupReport first = world.runUnasserted();
        assertThat(first.summary().filesNew()).isEqualTo(50_000);
        assertThat(first.summary().dataBlobs()).isEqualTo(10);
        world.clock.advance(Duration.ofMinutes(1));
        BackupReport second = world.runUnasserted();
        assertThat(second.summary().filesUnmodified()).isEqualTo(50_000);
        assertThat(second.bytesRead()).isZero();
    }

    @Test
    void whatCannotBeLookedAtOrReadToItsEndIsReported() throws Exception {
        live.file("stat", "1").unstatable();
        live.file("open", "2").unreadable();
        live.file("half", "0123456789").failsAfter(5);
        live.dir("list").file("x", "y");
        live.dir("list").unreadable();
        live.symlink("link", "x").unreadable();
        live.special("socket", NodeType.SOCKET);
        live.file("good", "3");
        BackupReport report = world.runUnasserted();
        assertThat(report.unreadableCount()).isEqualTo(5);
        assertThat(report.summary().totalFilesProcessed()).isEqualTo(1);
    }

    @Test
    void aRootThatCannotBeListedEndsTheRun() {
        live.file("a", "1");
        live.unreadable();
        assertThatThrownBy(this::run).isInstanceOf(SourceException.FileUnreadable.class);
        assertThat(world.source.abandoned()).hasSize(1);
    }

    @Test
    void anInterruptEndsARunThatHasNothingToRead() throws Exception {
        for (int i = 0; i < 100; i++) {
            live.file("f" + i, "x");
        }
        world.runUnasserted();
        world.clock.advance(Duration.ofMinutes(1));
        Progress stopping = new Progress() {
            @Override
            public void phase(String name) {
                if (name.equals("reading")) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void total(long files, long bytes) {}

            @Override
            public void add(long files, long bytes) {}

            @Override
            public void message(Level level, String text) {}
        };
        assertThatThrownBy(() -> world.run(world.store, stopping)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(world.memory.points()).hasSize(1);
        assertThat(world.names(FileType.LOCKS)).isEmpty();
    }
}
