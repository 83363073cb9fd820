package cofre.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.UntypedListing;
import cofre.source.NamedEntry;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names without a look at what they name, one look alone, and reading from the middle of a file. */
class PosixNamesTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    @TempDir
    Path temp;

    @Test
    void namesTellNumbersAndKindsAsAListingDoes() throws Exception {
        makeOneOfEach();
        try (SourceDir root = open(POSIX)) {
            Map<RawName, SourceStat> stats = root.list().stream()
                    .collect(Collectors.toMap(SourceEntry::name, e -> e.stat().orElseThrow()));
            List<NamedEntry> names = root.names();
            assertThat(names).extracting(NamedEntry::name).containsExactlyInAnyOrderElementsOf(stats.keySet());
            for (NamedEntry entry : names) {
                SourceStat stat = stats.get(entry.name());
                assertThat(entry.inode()).isEqualTo(stat.inode());
                assertThat(entry.type()).contains(stat.type());
                assertThat(root.look(entry.name())).isEqualTo(stat);
            }
            assertThat(root.names()).as("listed again from the beginning").hasSameElementsAs(names);
        }
    }

    @Test
    void whereTheListingDoesNotTellTheKindALookDoes() throws Exception {
        makeOneOfEach();
        try (SourceDir root = open(UntypedListing.of(POSIX))) {
            assertThat(root.names()).hasSize(5).allSatisfy(entry -> {
                assertThat(entry.type()).isEmpty();
                assertThat(entry.inode()).isEqualTo(root.look(entry.name()).inode());
            });
            assertThat(root.look(RawName.ofText("dir")).type()).isEqualTo(NodeType.DIR);
            assertThat(root.look(RawName.ofText("link")).type()).isEqualTo(NodeType.SYMLINK);
        }
    }

    @Test
    void namesThatVanishCannotBeLookedAt() throws Exception {
        makeOneOfEach();
        try (SourceDir root = open(POSIX)) {
            List<NamedEntry> names = root.names();
            RawName file = RawName.ofText("file");
            assertThat(names).extracting(NamedEntry::name).contains(file);
            Files.delete(temp.resolve("file"));
            assertThatThrownBy(() -> root.look(file))
                    .isInstanceOf(SourceException.FileUnreadable.class)
                    .hasMessageContaining("/file\": ");
            assertThat(root.names()).hasSize(names.size() - 1);
            assertThatThrownBy(() -> root.look(RawName.ofText("never")))
                    .isInstanceOf(SourceException.FileUnreadable.class);
        }
    }

    @Test
    void aDirectoryThatVanishedIsNotTakenForAnEmptyOne() throws Exception {
        Path gone = Files.createDirectory(temp.resolve("gone"));
        try (SourceDir root = open(POSIX);
                SourceDir dir = root.enter(RawName.ofText("gone"))) {
            Files.delete(gone);
            assertThatThrownBy(dir::names).isInstanceOf(SourceException.FileUnreadable.class);
            assertThatThrownBy(() -> dir.look(RawName.ofText("x"))).isInstanceOf(SourceException.FileUnreadable.class);
        }
    }

    @Test
    void readsFromWhereItIsTold() throws Exception {
        Files.writeString(temp.resolve("f"), "0123456789");
        try (SourceDir root = open(POSIX);
                SourceFile file = root.open(RawName.ofText("f"))) {
            assertThat(read(file, 3)).isEqualTo("012");
            file.position(7);
            assertThat(read(file, 2)).isEqualTo("78");
            assertThat(read(file, 9)).as("reads on from there").isEqualTo("9");
            file.position(0);
            assertThat(read(file, 2)).isEqualTo("01");
            file.position(10);
            assertThat(file.read(new byte[1], 0, 1)).isEqualTo(-1);
            file.position(Long.MAX_VALUE / 2);
            assertThat(file.read(new byte[1], 0, 1)).isEqualTo(-1);
            assertThatThrownBy(() -> file.position(-1)).isInstanceOf(IllegalArgumentException.class);
            file.position(4);
            assertThat(read(file, 1)).isEqualTo("4");
        }
    }

    @Test
    void readsBeyondFourGibibytes() throws Exception {
        long far = (5L << 30) + 3;
        try (RandomAccessFile sparse = new RandomAccessFile(temp.resolve("f").toFile(), "rw")) {
            sparse.seek(far);
            sparse.write('x');
        }
        try (SourceDir root = open(POSIX);
                SourceFile file = root.open(RawName.ofText("f"))) {
            file.position(far);
            assertThat(read(file, 10)).isEqualTo("x");
        }
    }

    private void makeOneOfEach() throws Exception {
        Files.writeString(temp.resolve("file"), "12345");
        Files.createDirectory(temp.resolve("dir"));
        Files.createSymbolicLink(temp.resolve("link"), Path.of("nowhere"));
        try (Fd dir = POSIX.files().open(bytes(temp), OpenFlags.REAL_DIRECTORY)) {
            POSIX.nodes().mkfifoAt(dir, RawName.ofText("fifo"), 0640);
            POSIX.files()
                    .openAt(dir, RawName.of(new byte[] {(byte) 0xff, '\n'}), OpenFlags.NEW_FILE)
                    .close();
        }
    }

    private static String read(SourceFile file, int length) throws SourceException {
        byte[] bytes = new byte[length];
        int n = file.read(bytes, 0, length);
        return new String(bytes, 0, n, StandardCharsets.US_ASCII);
    }

    private SourceDir open(Posix posix) throws SourceException {
        return new PosixTree(posix).open(RawPath.of(bytes(temp)), Optional.empty(), "directory " + temp);
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
