package cofre.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.NodeType;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.testkit.MemoryNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreRunTest {
    @TempDir
    Path temp;

    private PointsFixture share;
    private MemoryNode live;
    private Path to;

    @BeforeEach
    void makeRepository() throws Exception {
        share = new PointsFixture(temp.resolve("repo"));
        live = share.live;
        to = temp.resolve("to");
    }

    @AfterEach
    void nothingIsHalfDone() throws Exception {
        share.close();
        if (Files.exists(to)) {
            assertThat(names(to)).noneMatch(name -> name.contains(".cofre-restore-"));
        }
    }

    @Test
    void bringsBackEveryKindOfEntry() throws Exception {
        Instant before1970 = Instant.parse("1955-11-05T06:15:00.123456789Z");
        MemoryNode file =
                live.file("a.txt", "hello").mode(04751).owner(1000, 100).mtime(before1970);
        live.link("b.txt", file);
        live.dir("dir").file("c", "x").xattr("user.k", new byte[] {0, 1});
        live.dir("dir").mode(02550).owner(7, 8).mtime(Instant.parse("2020-01-01T00:00:00.000000001Z"));
        live.symlink("link", "../nowhere").owner(5, 6).mtime(before1970);
        live.special("fifo", NodeType.FIFO).mode(0620);
        live.special("sock", NodeType.SOCKET);
        live.device("null", NodeType.CHAR_DEVICE, 0x103).mode(0666);
        live.file("empty", "");
        SnapshotId point = share.backup();

        RestoreReport report = share.restore(RestoreRequest.all(point).verified(), to);

        assertThat(report.failed()).isEmpty();
        assertThat(report.lacks()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.files()).isEqualTo(4);
        assertThat(report.others()).isEqualTo(3);
        assertThat(report.directories()).isEqualTo(2);
        assertThat(report.verified()).isEqualTo(3);
        assertThat(names(to))
                .containsExactlyInAnyOrder("a.txt", "b.txt", "dir", "dir/c", "empty", "fifo", "link", "null");
        assertThat(to.resolve("a.txt")).hasContent("hello");
        assertThat(unix(to.resolve("a.txt"), "mode")).isEqualTo(0104751);
        assertThat(unix(to.resolve("a.txt"), "uid")).isEqualTo(1000);
        assertThat(mtime(to.resolve("a.txt"))).isEqualTo(before1970);
        assertThat(unix(to.resolve("b.txt"), "ino")).isEqualTo(unix(to.resolve("a.txt"), "ino"));
        assertThat(unix(to.resolve("dir"), "mode")).isEqualTo(0042550);
        assertThat(mtime(to.resolve("dir"))).isEqualTo(Instant.parse("2020-01-01T00:00:00.000000001Z"));
        assertThat(Files.getAttribute(to.resolve("dir/c"), "user:k")).isEqualTo(new byte[] {0, 1});
        assertThat(Files.readSymbolicLink(to.resolve("link"))).hasToString("../nowhere");
        assertThat(mtime(to.resolve("link"))).isEqualTo(before1970);
        assertThat(unix(to.resolve("link"), "uid")).isEqualTo(5);
        assertThat(unix(to.resolve("fifo"), "mode")).isEqualTo(0010620);
        assertThat(unix(to.resolve("null"), "mode")).isEqualTo(0020666);
        assertThat(unix(to.resolve("null"), "rdev")).isEqualTo(0x103L);
    }

    @Test
    void theSharesOwnMetadataIsForADirectoryMadeForIt() throws Exception {
        live.mode(0750).owner(3, 4);
        live.file("a", "1");
        SnapshotId point = share.backup();
        share.restore(RestoreRequest.all(point), to);
        assertThat(unix(to, "mode")).isEqualTo(0040750);
        assertThat(unix(to, "uid")).isEqualTo(3);

        Path used = Files.createDirectory(temp.resolve("used"));
        Files.writeString(used.resolve("mine"), "stays");
        Files.setPosixFilePermissions(used, PosixFilePermissions.fromString("rwxrwxrwx"));
        share.restore(RestoreRequest.all(point), used);
        assertThat(unix(used, "mode")).isEqualTo(0040777);
        assertThat(names(used)).containsExactlyInAnyOrder("a", "mine");
        assertThat(used.resolve("mine")).hasContent("stays");
    }

    @Test
    void fullPathsKeepTheWholeWay() throws Exception {
        live.file("a", "1");
        RestoreRequest all = RestoreRequest.all(share.backup());
        RestoreReport report =
                share.restore(new RestoreRequest(all.point(), List.of(), true, Overwrite.IF_CHANGED, true, false), to);
        assertThat(report.isComplete()).isTrue();
        assertThat(names(to)).containsExactlyInAnyOrder("tank", "tank/obras", "tank/obras/a");
    }

    @Test
    void onlyChosenPathsComeBackWhereTheyWere() throws Exception {
        live.dir("d").dir("e").file("f", "1");
        live.dir("d").file("g", "2");
        live.dir("h").file("i", "3");
        SnapshotId point = share.backup();
        RestoreReport report = share.restore(paths(point, "/tank/obras/d/e", "/tank/obras/h/i"), to);
        assertThat(report.isComplete()).isTrue();
        assertThat(names(to)).containsExactlyInAnyOrder("d", "d/e", "d/e/f", "h", "h/i");
        assertThatThrownBy(() -> share.restore(paths(point, "/tank/obras/d/nothing"), temp.resolve("to2")))
                .isInstanceOf(PointException.NoSuchPath.class)
                .hasMessageContaining("has no entry \"nothing\"");
        assertThat(temp.resolve("to2")).doesNotExist();
    }

    @Test
    void aDirectoryOnlyPassedThroughKeepsItsOwnMetadata() throws Exception {
        live.dir("d").mode(0700).file("f", "1");
        SnapshotId point = share.backup();
        Files.createDirectories(to.resolve("d"));
        Files.setPosixFilePermissions(to.resolve("d"), PosixFilePermissions.fromString("rwxrwx---"));
        share.restore(paths(point, "/tank/obras/d/f"), to);
        assertThat(unix(to.resolve("d"), "mode")).isEqualTo(0040770);
        share.restore(paths(point, "/tank/obras/d"), to);
        assertThat(unix(to.resolve("d"), "mode")).isEqualTo(0040700);
    }

    @Test
    void bigFilesWithHolesTakeNoMoreRoomThanTheirData() throws Exception {
        byte[] bytes = new byte[40 << 20];
        byte[] data = random(3 << 20, 1);
        System.arraycopy(data, 0, bytes, 11_111_111, data.length);
        live.file(cofre.path.RawName.ofText("sparse"), bytes);
        live.file(cofre.path.RawName.ofText("zeros"), new byte[5_000_001]);
        live.file(cofre.path.RawName.ofText("small zeros"), new byte[10_000]);
        RestoreReport report = share.restore(RestoreRequest.all(share.backup()).verified(), to);
        assertThat(report.isComplete()).isTrue();
        assertThat(Files.readAllBytes(to.resolve("sparse"))).isEqualTo(bytes);
        assertThat(Files.readAllBytes(to.resolve("zeros"))).isEqualTo(new byte[5_000_001]);
        assertThat(Files.readAllBytes(to.resolve("small zeros"))).isEqualTo(new byte[10_000]);
        assertThat(allocated(to.resolve("sparse"))).isBetween(3L << 20, (3L << 20) + (64 << 10));
        assertThat(allocated(to.resolve("zeros"))).isLessThan(64 << 10);
    }

    @Test
    void theSameContentInManyFilesIsFetchedOnceAndWrittenToAll() throws Exception {
        byte[] bytes = random(2 << 20, 5);
        for (int i = 0; i < 5; i++) {
            live.dir("d" + i).file(cofre.path.RawName.ofText("f"), bytes);
        }
        RestoreReport report = share.restore(RestoreRequest.all(share.backup()), to);
        assertThat(report.bytes()).isEqualTo(5L * bytes.length);
        for (int i = 0; i < 5; i++) {
            assertThat(Files.readAllBytes(to.resolve("d" + i + "/f"))).isEqualTo(bytes);
        }
    }

    @Test
    void unchangedFilesAreNotWrittenAgainButGetTheirMetadata() throws Exception {
        live.file("a", "one");
        live.file("b", "two");
        SnapshotId point = share.backup();
        share.restore(RestoreRequest.all(point), to);
        Object inode = unix(to.resolve("a"), "ino");
        Files.setPosixFilePermissions(to.resolve("a"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(to.resolve("b"), "changed");

        RestoreReport again = share.restore(RestoreRequest.all(point), to);

        assertThat(again.unchanged()).isEqualTo(1);
        assertThat(again.files()).isEqualTo(1);
        assertThat(unix(to.resolve("a"), "ino")).isEqualTo(inode);
        assertThat(unix(to.resolve("a"), "mode")).isEqualTo(0100644);
        assertThat(to.resolve("b")).hasContent("two");
    }

    @Test
    void verificationFindsWhatSizeAndTimeHide() throws Exception {
        live.file("a", "one");
        live.file("b", "two");
        SnapshotId point = share.backup();
        share.restore(RestoreRequest.all(point), to);
        flip(to.resolve("a"), 1);

        assertThat(share.restore(RestoreRequest.all(point), to).unchanged()).isEqualTo(2);
        assertThat(to.resolve("a")).hasContent("ooe");
        RestoreReport verified = share.restore(RestoreRequest.all(point).verified(), to);

        assertThat(verified.unchanged()).isEqualTo(1);
        assertThat(verified.files()).isEqualTo(1);
        assertThat(verified.verified()).isEqualTo(2);
        assertThat(to.resolve("a")).hasContent("one");
    }

    @Test
    void neverMeansNever() throws Exception {
        live.file("a", "one");
        live.dir("d").mode(0700).file("b", "two");
        live.symlink("l", "somewhere");
        live.dir("blocked").file("c", "three");
        SnapshotId point = share.backup();
        Files.createDirectories(to.resolve("d"));
        Files.writeString(to.resolve("a"), "mine");
        Files.writeString(to.resolve("l"), "mine");
        Files.writeString(to.resolve("blocked"), "mine");
        RestoreReport report =
                share.restore(new RestoreRequest(point, List.of(), false, Overwrite.NEVER, false, false), to);
        assertThat(to.resolve("a")).hasContent("mine");
        assertThat(to.resolve("l")).hasContent("mine");
        assertThat(to.resolve("blocked")).hasContent("mine");
        assertThat(to.resolve("d/b")).hasContent("two");
        assertThat(unix(to.resolve("d"), "mode")).isNotEqualTo(0040700);
        assertThat(report.kept()).isEqualTo(2);
        assertThat(report.failed())
                .singleElement()
                .satisfies(f -> assertThat(f.path()).isEqualTo("/blocked"));
    }

    @Test
    void otherTypesAreReplacedButFullDirectoriesStay() throws Exception {
        live.file("was link", "1");
        live.file("was empty dir", "2");
        live.file("was full dir", "3");
        live.dir("was file").file("x", "4");
        live.symlink("was fifo", "t");
        SnapshotId point = share.backup();
        Path outside = Files.writeString(temp.resolve("outside"), "untouched");
        Files.createDirectories(to.resolve("was empty dir"));
        Files.createDirectories(to.resolve("was full dir/inside"));
        Files.createSymbolicLink(to.resolve("was link"), outside);
        Files.createSymbolicLink(to.resolve("was file"), temp);
        new ProcessBuilder("mkfifo", to.resolve("was fifo").toString()).start().waitFor();

        RestoreReport report = share.restore(RestoreRequest.all(point), to);

        assertThat(outside).hasContent("untouched");
        assertThat(Files.isSymbolicLink(to.resolve("was link"))).isFalse();
        assertThat(to.resolve("was link")).hasContent("1");
        assertThat(to.resolve("was empty dir")).hasContent("2");
        assertThat(to.resolve("was full dir/inside")).isDirectory();
        assertThat(to.resolve("was file/x")).hasContent("4");
        assertThat(Files.isSymbolicLink(to.resolve("was file"))).isFalse();
        assertThat(temp.resolve("x")).doesNotExist();
        assertThat(Files.readSymbolicLink(to.resolve("was fifo"))).hasToString("t");
        assertThat(report.failed()).singleElement().satisfies(f -> {
            assertThat(f.path()).isEqualTo("/was full dir");
            assertThat(f.why()).contains("directory not empty");
        });
    }

    @Test
    void aDryRunWritesNothingAndSaysWhatWouldBe() throws Exception {
        live.dir("d").file("a", "12345");
        live.file("b", "two");
        live.symlink("l", "x");
        SnapshotId point = share.backup();
        share.restore(RestoreRequest.all(point), to);
        Files.writeString(to.resolve("b"), "other");
        Files.delete(to.resolve("d/a"));
        Files.writeString(to.resolve(".cofre-restore-" + point.hex().substring(0, 12) + "-1-1"), "leftover");
        List<String> before = stats();

        RestoreRequest dry = new RestoreRequest(point, List.of(), false, Overwrite.IF_CHANGED, false, true);
        RestoreReport report = share.restore(dry, to);
        RestoreReport nowhere = share.restore(dry, temp.resolve("not there"));

        assertThat(stats()).isEqualTo(before);
        assertThat(report.dryRun()).isTrue();
        assertThat(report.files()).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo(8);
        assertThat(nowhere.files()).isEqualTo(2);
        assertThat(nowhere.others()).isEqualTo(1);
        assertThat(nowhere.directories()).isEqualTo(2);
        Files.delete(to.resolve(".cofre-restore-" + point.hex().substring(0, 12) + "-1-1"));
    }

    @Test
    void whatAnInterruptedRunLeftIsRemovedByTheNext() throws Exception {
        live.dir("d").file("a", "1");
        SnapshotId point = share.backup();
        Path own = to.resolve("d/.cofre-restore-" + point.hex().substring(0, 12) + "-0000abcd-7");
        Path foreign = to.resolve("d/.cofre-restored by hand");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "half");
        Files.writeString(foreign, "a user's file");
        share.restore(RestoreRequest.all(point), to);
        assertThat(own).doesNotExist();
        assertThat(foreign).hasContent("a user's file");
        assertThat(to.resolve("d/a")).hasContent("1");
        Files.delete(foreign);
    }

    @Test
    void hardLinksAreJoinedAgainAlsoOverOldCopies() throws Exception {
        MemoryNode a = live.file("a", "one");
        live.dir("d").link("b", a);
        live.link("c", a);
        SnapshotId point = share.backup();
        Files.createDirectories(to.resolve("d"));
        Files.writeString(to.resolve("d/b"), "old copy");
        Files.createDirectories(to.resolve("c"));
        RestoreReport report = share.restore(RestoreRequest.all(point).verified(), to);
        assertThat(report.isComplete()).isTrue();
        Object inode = unix(to.resolve("a"), "ino");
        assertThat(unix(to.resolve("d/b"), "ino")).isEqualTo(inode);
        assertThat(unix(to.resolve("c"), "ino")).isEqualTo(inode);

        RestoreReport again = share.restore(RestoreRequest.all(point), to);
        assertThat(again.isComplete()).isTrue();
        assertThat(unix(to.resolve("a"), "ino")).isEqualTo(inode);
        assertThat(unix(to.resolve("d/b"), "ino")).isEqualTo(inode);
    }

    @Test
    void aForeignHardLinkIsCutNotWrittenThrough() throws Exception {
        live.file("a", "one").mode(0666).owner(9, 9);
        SnapshotId point = share.backup();
        share.restore(RestoreRequest.all(point), to);
        Path outside = temp.resolve("outside");
        Files.move(to.resolve("a"), outside);
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("r--------"));
        Files.createLink(to.resolve("a"), outside);

        share.restore(RestoreRequest.all(point), to);

        assertThat(unix(outside, "mode")).isEqualTo(0100400);
        assertThat(unix(outside, "nlink")).isEqualTo(1);
        assertThat(unix(to.resolve("a"), "mode")).isEqualTo(0100666);
    }

    @Test
    void aTargetThatIsALinkIsRefused() throws Exception {
        live.file("a", "1");
        SnapshotId point = share.backup();
        Path real = Files.createDirectory(temp.resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        assertThatThrownBy(() -> share.restore(RestoreRequest.all(point), link))
                .isInstanceOf(TargetException.Unusable.class)
                .hasMessageContaining("not a link");
        assertThat(names(real)).isEmpty();
    }

    @Test
    void anInterruptEndsTheRunAndLeavesNoPartials() throws Exception {
        for (int i = 0; i < 20; i++) {
            live.file(cofre.path.RawName.ofText("f" + i), random(1 << 20, i));
        }
        SnapshotId point = share.backup();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> share.restore(RestoreRequest.all(point), to))
                .isInstanceOfAny(InterruptedException.class, cofre.storage.BackendException.class);
        Thread.interrupted();
    }

    @Test
    void treesDeeperThanThereAreDescriptorsComeBack() throws Exception {
        List<MemoryNode> way = new ArrayList<>(List.of(live));
        for (int i = 0; i < 2_000; i++) {
            way.add(way.get(i).dir("d"));
        }
        way.get(2_000).file("bottom", "deep");
        for (int i = 0; i <= 2_000; i++) {
            way.get(i).mtime(Instant.parse("2001-01-01T00:00:00Z").plus(Duration.ofDays(i)));
        }
        RestoreReport report = share.restore(RestoreRequest.all(deepBackup()).verified(), to);
        assertThat(report.failed()).isEmpty();
        assertThat(report.directories()).isEqualTo(2_001);
        assertThat(mtime(to.resolve("d/d/d"))).isEqualTo(Instant.parse("2001-01-04T00:00:00Z"));
        new ProcessBuilder("rm", "-rf", to.toString()).start().waitFor(); // deeper than Java's own way of deleting goes
    }

    /** The tree in memory copies itself recursively, which the code under test must not need. */
    private SnapshotId deepBackup() throws Exception {
        FutureTask<SnapshotId> backup = new FutureTask<>(share::backup);
        new Thread(null, backup, "deep", 256L << 20).start();
        return backup.get();
    }

    private static RestoreRequest paths(SnapshotId point, String... paths) {
        return new RestoreRequest(
                point, Stream.of(paths).map(RawPath::ofDisplay).toList(), false, Overwrite.IF_CHANGED, true, false);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void flip(Path file, int at) throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
    }

    private static List<String> names(Path dir) throws Exception {
        try (Stream<Path> all = Files.walk(dir)) {
            return all.filter(path -> !path.equals(dir))
                    .map(path -> dir.relativize(path).toString())
                    .toList();
        }
    }

    private List<String> stats() throws Exception {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.map(path -> path + " " + mtimeUnchecked(path)).sorted().toList();
        }
    }

    private static Instant mtimeUnchecked(Path path) {
        try {
            return mtime(path);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant mtime(Path path) throws Exception {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    private static Object unix(Path path, String attribute) throws Exception {
        return Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private static long allocated(Path path) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        return Long.parseLong(blocks.trim()) * 512;
    }
}
