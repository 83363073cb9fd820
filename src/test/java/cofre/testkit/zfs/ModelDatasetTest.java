package cofre.testkit.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import cofre.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelDatasetTest {
    private final AtomicLong txg = new AtomicLong(1000);
    private final ModelDataset files = new ModelDataset(
            ModelSettings.USUAL.withRecordSize(512), txg::get, new SettableClock("2026-11-21T10:15:00Z"));
    private final Tree tree = new Tree(files, "");

    private static String read(SourceDir dir, String name) throws SourceException {
        byte[] bytes = new byte[20_000];
        int at = 0;
        try (SourceFile file = dir.open(RawName.ofText(name))) {
            for (int n = file.read(bytes, 0, bytes.length); n >= 0; n = file.read(bytes, at, bytes.length - at)) {
                at += n;
            }
        }
        return new String(bytes, 0, at, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aSnapshotKeepsWhatTheLiveTreeLoses() throws SourceException {
        tree.file("f", "a".repeat(1500));
        tree.dir("d");
        tree.file("d/g", "old");
        ModelSnapshot before = files.snapshot();
        txg.incrementAndGet();
        tree.overwrite("f", 600);
        tree.truncate("f", 700);
        tree.truncate("f", 1300);
        tree.remove("d/g");
        tree.rmdir("d");
        ModelSnapshot after = files.snapshot();
        try (SourceDir root = before.open()) {
            assertThat(read(root, "f")).isEqualTo("a".repeat(1500));
            assertThat(read(root.enter(RawName.ofText("d")), "g")).isEqualTo("old");
        }
        try (SourceDir root = after.open()) {
            assertThat(read(root, "f")).isEqualTo("y".repeat(600) + "a".repeat(100) + "\0".repeat(600));
            assertThat(root.names()).hasSize(1);
        }
    }

    @Test
    void countsOfLinksAndEntriesAreThoseOfAFileSystem() throws SourceException {
        tree.dir("d", "d/e");
        tree.file("d/f");
        tree.link("d/f", "g");
        try (SourceDir root = files.snapshot().open()) {
            SourceStat dir = root.look(RawName.ofText("d"));
            assertThat(dir.links()).isEqualTo(3);
            assertThat(dir.size()).isEqualTo(4);
            assertThat(root.look(RawName.ofText("g")).links()).isEqualTo(2);
        }
    }

    @Test
    void whatIsReadIsCounted() throws SourceException {
        tree.dir("d");
        tree.file("d/f", "12345");
        ModelSnapshot snapshot = files.snapshot();
        try (SourceDir root = snapshot.open();
                SourceDir dir = root.enter(RawName.ofText("d"))) {
            root.list();
            dir.names();
            dir.look(RawName.ofText("f"));
            read(dir, "f");
            assertThat(snapshot.openHandles()).isEqualTo(2);
        }
        assertThat(snapshot.counts()).hasToString("1 lists, 1 names, 2 looks, 2 enters, 1 opens, 5 bytes, 0 xattrs");
        assertThat(snapshot.openHandles()).isZero();
    }

    @Test
    void aReadCanBeginAnywhere() throws SourceException {
        tree.file("f", "x".repeat(600) + "end");
        try (SourceDir root = files.snapshot().open();
                SourceFile file = root.open(RawName.ofText("f"))) {
            byte[] into = new byte[10];
            file.position(600);
            assertThat(file.read(into, 0, 10)).isEqualTo(3);
            file.position(10_000);
            assertThat(file.read(into, 0, 10)).isEqualTo(-1);
        }
    }

    @Test
    void numbersComeBackInALaterTransactionGroupOnly() {
        ModelDataset lowest = new ModelDataset(
                ModelSettings.USUAL.with(ModelSettings.Numbers.LOWEST_FREE),
                txg::get,
                new SettableClock("2026-11-21T10:15:00Z"));
        Tree reused = new Tree(lowest, "");
        reused.file("a");
        long number = lowest.numberOf(Tree.path("a"));
        reused.remove("a");
        reused.file("b");
        assertThat(lowest.numberOf(Tree.path("b"))).isNotEqualTo(number);
        txg.incrementAndGet();
        reused.file("a");
        assertThat(lowest.numberOf(Tree.path("a"))).isEqualTo(number);
    }

    @Test
    void theRememberedParentIsThatOfTheLastLink() {
        tree.dir("d1", "d2");
        tree.file("d1/f");
        tree.link("d1/f", "d2/f");
        tree.remove("d2/f");
        assertThat(files.rememberedParent(Tree.path("d1/f"))).isEqualTo(files.numberOf(Tree.path("d2")));
        tree.rename("d1/f", "d1/g");
        assertThat(files.rememberedParent(Tree.path("d1/g"))).isEqualTo(files.numberOf(Tree.path("d1")));
    }

    @Test
    void hiddenAttributesReadAsAttributesAndGoWithTheirFile() throws SourceException {
        ModelDataset hidden = new ModelDataset(
                ModelSettings.USUAL.with(ModelSettings.XattrPlace.DIRECTORY, false),
                txg::get,
                new SettableClock("2026-11-21T10:15:00Z"));
        Tree named = new Tree(hidden, "");
        named.file("f");
        named.xattr("f", "1");
        named.xattr("f", "22");
        ModelSnapshot snapshot = hidden.snapshot();
        try (SourceDir root = snapshot.open()) {
            assertThat(root.xattrs(RawName.ofText("f"))).singleElement().hasToString("user.a (2 bytes)");
        }
        assertThat(snapshot.size()).isEqualTo(4);
        named.remove("f");
        assertThat(hidden.snapshot().size()).isEqualTo(1);
    }

    @Test
    void whatASystemCallRefusesChangesNothing() {
        tree.dir("d", "d/e");
        tree.file("f");
        ModelSnapshot before = files.snapshot();
        for (Runnable refused : new Runnable[] {
            () -> tree.rename("d", "d/e/d"),
            () -> tree.rename("f", "d"),
            () -> tree.rename("d", "f"),
            () -> tree.rename("d/e", "d"),
            () -> tree.rmdir("d"),
            () -> tree.remove("d"),
            () -> tree.link("d", "x"),
            () -> tree.file("f"),
            () -> tree.file("f/x"),
            () -> tree.remove("none")
        }) {
            assertThatThrownBy(refused::run).isInstanceOf(NotDone.class);
        }
        assertThat(files.snapshot().objects().objects())
                .isEqualTo(before.objects().objects());
    }
}
