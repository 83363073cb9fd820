package cofre.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.XattrName;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixTreeTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    @TempDir
    Path temp;

    private final PosixTree tree = new PosixTree(POSIX);

    @Test
    void listsNamesThatAreNoText() throws Exception {
        List<RawName> names = List.of(
                RawName.ofText("a b\tc\nd\\e"),
                RawName.ofText("ação \uD83D\uDE00"),
                RawName.of(new byte[] {(byte) 0xff, (byte) 0xfe, 'x'}),
                RawName.ofText("x".repeat(255)));
        try (Fd dir = POSIX.files().open(bytes(temp), OpenFlags.REAL_DIRECTORY)) {
            for (RawName name : names) {
                POSIX.files().openAt(dir, name, OpenFlags.NEW_FILE).close();
            }
        }

        try (SourceDir root = open(temp)) {
            assertThat(root.list()).extracting(SourceEntry::name).containsExactlyInAnyOrderElementsOf(names);
            for (RawName name : names) {
                try (SourceFile file = root.open(name)) {
                    assertThat(file.stat().size()).isZero();
                }
            }
        }
    }

    @Test
    void tellsEveryKindOfFile() throws Exception {
        Files.writeString(temp.resolve("file"), "12345");
        Files.createDirectory(temp.resolve("dir"));
        Files.createSymbolicLink(temp.resolve("link"), Path.of("nowhere/at all"));
        Files.createLink(temp.resolve("hard"), temp.resolve("file"));
        try (Fd dir = POSIX.files().open(bytes(temp), OpenFlags.REAL_DIRECTORY)) {
            POSIX.nodes().mkfifoAt(dir, RawName.ofText("fifo"), 0640);
            POSIX.nodes().chmodAt(dir, RawName.ofText("file"), 06751);
        }

        try (SourceDir root = open(temp)) {
            Map<String, SourceStat> found = root.list().stream()
                    .collect(Collectors.toMap(
                            e -> e.name().toString(), e -> e.stat().orElseThrow()));
            assertThat(found.get("file").type()).isEqualTo(NodeType.FILE);
            assertThat(found.get("file").size()).isEqualTo(5);
            assertThat(found.get("file").mode()).isEqualTo(06751);
            assertThat(found.get("file").links()).isEqualTo(2);
            assertThat(found.get("hard").inode()).isEqualTo(found.get("file").inode());
            assertThat(found.get("file").mtime())
                    .isEqualTo(Files.getLastModifiedTime(temp.resolve("file")).toInstant());
            assertThat(found.get("dir").type()).isEqualTo(NodeType.DIR);
            assertThat(found.get("link").type()).isEqualTo(NodeType.SYMLINK);
            assertThat(found.get("fifo").type()).isEqualTo(NodeType.FIFO);
            assertThat(found.get("fifo").mode()).isEqualTo(0640);
            assertThat(new String(root.readLink(RawName.ofText("link")), StandardCharsets.UTF_8))
                    .isEqualTo("nowhere/at all");
        }
    }

    @Test
    void neverFollowsALinkBelowTheRootNorWaitsForAFifo() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Path root = Files.createDirectory(temp.resolve("root"));
        Files.createSymbolicLink(root.resolve("dir"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        try (Fd dir = POSIX.files().open(bytes(root), OpenFlags.REAL_DIRECTORY)) {
            POSIX.nodes().mkfifoAt(dir, RawName.ofText("fifo"), 0600);
        }

        try (SourceDir dir = open(root)) {
            for (String name : List.of("dir", "file", "fifo", "none")) {
                unreadable(name, dir::enter);
                unreadable(name, dir::open);
            }
            unreadable("dir", dir::open);
            assertThatThrownBy(() -> dir.readLink(RawName.ofText("fifo")))
                    .isInstanceOf(SourceException.FileUnreadable.class);
        }
    }

    @Test
    void closesWhatItOpens() throws Exception {
        Files.createDirectory(temp.resolve("d"));
        Files.writeString(temp.resolve("f"), "1");
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            try (SourceDir root = open(temp);
                    SourceDir inner = root.enter(RawName.ofText("d"));
                    SourceFile file = root.open(RawName.ofText("f"))) {
                assertThat(inner.list()).isEmpty();
                assertThat(file.read(new byte[2], 0, 2)).isEqualTo(1);
                unreadable("d", root::open);
            }
            assertThatThrownBy(() -> tree.open(RawPath.of(bytes(temp)), Optional.of("tank@x"), "tank@x"))
                    .isInstanceOf(SourceException.SnapshotGone.class);
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    @Test
    void readsAFileToItsEnd() throws Exception {
        byte[] content = new byte[300_000];
        new java.util.Random(7).nextBytes(content);
        Files.write(temp.resolve("f"), content);

        try (SourceDir root = open(temp);
                SourceFile file = root.open(RawName.ofText("f"))) {
            byte[] read = new byte[content.length + 10];
            int at = 0;
            int n = file.read(read, 0, 7);
            while (n > 0) {
                at += n;
                n = file.read(read, at, Math.min(65_536, read.length - at));
            }
            assertThat(at).isEqualTo(content.length);
            assertThat(n).isEqualTo(-1);
            assertThat(file.read(read, 0, 0)).isZero();
            assertThat(java.util.Arrays.copyOf(read, at)).isEqualTo(content);
        }
    }

    @Test
    void readsExtendedAttributesInOrder() throws Exception {
        Files.writeString(temp.resolve("f"), "");
        try (Fd dir = POSIX.files().open(bytes(temp), OpenFlags.REAL_DIRECTORY);
                Fd file = POSIX.files().openAt(dir, RawName.ofText("f"), OpenFlags.READ)) {
            POSIX.xattrs().set(file, XattrName.ofText("user.z"), new byte[] {0, 1});
            POSIX.xattrs().set(file, XattrName.ofText("user.a"), new byte[0]);
            POSIX.xattrs().set(dir, XattrName.ofText("user.d"), new byte[] {9});
        }
        List<Xattr> wanted = List.of(
                new Xattr("user.a".getBytes(StandardCharsets.UTF_8), new byte[0]),
                new Xattr("user.z".getBytes(StandardCharsets.UTF_8), new byte[] {0, 1}));

        try (SourceDir root = open(temp);
                SourceFile file = root.open(RawName.ofText("f"))) {
            assertThat(file.xattrs()).isEqualTo(wanted);
            assertThat(root.xattrs(RawName.ofText("f"))).isEqualTo(wanted);
            assertThat(root.xattrs()).hasSize(1);
        }
    }

    @Test
    void manyThreadsMayListOneDirectory() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(temp.resolve("f" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SourceDir root = open(temp)) {
            Callable<Integer> listing = () -> root.list().size();
            for (Future<Integer> size : threads.invokeAll(List.of(listing, listing, listing, listing))) {
                assertThat(size.get()).isEqualTo(3000);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void followsLinksInThePathItself() throws Exception {
        Path real = Files.createDirectory(temp.resolve("real"));
        Files.writeString(real.resolve("f"), "1");
        Files.createSymbolicLink(temp.resolve("link"), real);

        try (SourceDir root = open(temp.resolve("link"))) {
            assertThat(root.list()).hasSize(1);
        }
    }

    @Test
    void comparesWhatIsMounted() throws Exception {
        try (Fd fd = POSIX.files().open(bytes(Path.of("/proc")), OpenFlags.READ)) {
            assertThat(POSIX.mounts().sourceOf(fd)).contains("proc");
        }
        tree.open(RawPath.ofDisplay("/proc/sys"), Optional.of("proc"), "proc").close();
        assertThatThrownBy(() -> tree.open(RawPath.ofDisplay("/proc/sys"), Optional.of("tank/a@b"), "tank/a@b"))
                .isInstanceOf(SourceException.SnapshotGone.class)
                .hasMessageContaining("mounted there is proc vs that snapshot");
        assertThatThrownBy(() -> tree.open(RawPath.ofDisplay("/no/such"), Optional.of("tank/a@b"), "tank/a@b"))
                .isInstanceOf(SourceException.SnapshotGone.class);
        assertThatThrownBy(() -> tree.open(RawPath.ofDisplay("/no/such"), Optional.empty(), "directory"))
                .isInstanceOf(SourceException.DatasetGone.class);
        assertThatThrownBy(() -> tree.open(RawPath.ofDisplay("/etc/passwd"), Optional.empty(), "directory"))
                .isInstanceOf(SourceException.DatasetGone.class);
    }

    private SourceDir open(Path path) throws SourceException {
        return tree.open(RawPath.of(bytes(path)), Optional.empty(), "directory " + path);
    }

    private interface Opening {
        AutoCloseable of(RawName name) throws SourceException;
    }

    private static void unreadable(String name, Opening opening) {
        assertThatThrownBy(() -> Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> opening.of(RawName.ofText(name))))
                .isInstanceOf(SourceException.FileUnreadable.class)
                .hasMessageContaining("/" + name + "\": ");
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.map(Function.identity()).count();
        }
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
