package cofre.previous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.previous.Farm.Update;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    @TempDir
    Path temp;

    private Path dir;
    private Farm farm;

    @BeforeEach
    void makeFarm() {
        dir = temp.resolve("previous/obras");
        farm = new Farm(POSIX, RawPath.ofDisplay(dir.toString()), OptionalLong.empty(), 512);
    }

    @Test
    void makesItsDirectoryAndOneLinkAVersion() throws Exception {
        Update update = farm.update(List.of(
                version("2026-11-21T10:15:00Z", "/tank/obras/.zfs/snapshot/a"),
                version("2026-11-21T11:15:00.999Z", "/tank/obras/.zfs/snapshot/b/2026")));

        assertThat(update).isEqualTo(new Update(2, 0, 2, 0, 0));
        assertThat(links())
                .containsEntry("rp-20261121T101500Z", "/tank/obras/.zfs/snapshot/a")
                .containsEntry("rp-20261121T111500Z", "/tank/obras/.zfs/snapshot/b/2026")
                .hasSize(2);
        assertThat(mode(dir)).isEqualTo("rwxr-xr-x");
        assertThat(mode(dir.getParent())).isEqualTo("rwxr-xr-x");
    }

    @Test
    void writesTargetsAsBytes() throws Exception {
        farm.update(List.of(version("2026-11-21T10:15:00Z", "/tank/a b\\x0a\\xff/.zfs/snapshot/x")));

        try (Fd fd =
                POSIX.files().open(dir.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), OpenFlags.READ)) {
            assertThat(POSIX.nodes().readLinkAt(fd, RawName.ofText("rp-20261121T101500Z")))
                    .isEqualTo(RawPath.ofDisplay("/tank/a b\\x0a\\xff/.zfs/snapshot/x")
                            .bytes());
        }
    }

    @Test
    void changesNothingWhenNothingChanged() throws Exception {
        List<PreviousVersion> versions = List.of(version("2026-11-21T10:15:00Z", "/a"));
        farm.update(versions);
        FileTime before = Files.getLastModifiedTime(dir);

        assertThat(farm.update(versions)).isEqualTo(new Update(0, 0, 1, 0, 0));
        assertThat(Files.getLastModifiedTime(dir)).isEqualTo(before);
    }

    @Test
    void followsWhatIsThere() throws Exception {
        farm.update(List.of(version("2026-11-21T10:15:00Z", "/a"), version("2026-11-21T10:16:00Z", "/b")));

        Update update =
                farm.update(List.of(version("2026-11-21T10:16:00Z", "/moved"), version("2026-11-21T10:17:00Z", "/c")));

        assertThat(update).isEqualTo(new Update(2, 1, 2, 0, 0));
        assertThat(links()).containsEntry("rp-20261121T101600Z", "/moved").containsEntry("rp-20261121T101700Z", "/c");
        assertThat(farm.update(List.of())).isEqualTo(new Update(0, 2, 0, 0, 0));
        assertThat(links()).isEmpty();
    }

    @Test
    void showsTheLaterOfTwoVersionsOfOneSecond() throws Exception {
        Update update = farm.update(
                List.of(version("2026-11-21T10:15:00Z", "/first"), version("2026-11-21T10:15:00Z", "/second")));

        assertThat(links()).hasSize(1).containsEntry("rp-20261121T101500Z", "/second");
        assertThat(update.thinned()).isEqualTo(1);
    }

    @Test
    void cleansUpAfterACrashAndTouchesNothingElse() throws Exception {
        Files.createDirectories(dir);
        Files.createSymbolicLink(dir.resolve(".rp-20261121T101500Z.new"), Path.of("/x"));
        Files.createSymbolicLink(dir.resolve(".rp-other"), Path.of("/x"));
        Files.createSymbolicLink(dir.resolve("rp-20261121T101500Z.old"), Path.of("/x"));
        Files.createDirectory(dir.resolve("rp-20261121T101600Z"));
        Files.writeString(dir.resolve("rp-20261121T101700Z"), "mine");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-x--x"));

        Update update =
                farm.update(List.of(version("2026-11-21T10:15:00Z", "/a"), version("2026-11-21T10:17:00Z", "/b")));

        assertThat(update).isEqualTo(new Update(1, 1, 1, 0, 4));
        assertThat(names())
                .containsExactly(
                        ".rp-other",
                        "rp-20261121T101500Z",
                        "rp-20261121T101500Z.old",
                        "rp-20261121T101600Z",
                        "rp-20261121T101700Z");
        assertThat(Files.readString(dir.resolve("rp-20261121T101700Z"))).isEqualTo("mine");
        assertThat(mode(dir))
                .as("a directory that is not only ours keeps its mode")
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void keepsToItsCap() throws Exception {
        Farm small = new Farm(POSIX, RawPath.ofDisplay(dir.toString()), OptionalLong.empty(), 3);
        List<PreviousVersion> versions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            versions.add(version("2026-11-21T10:1" + i + ":00Z", "/" + i));
        }

        assertThat(small.update(versions)).isEqualTo(new Update(3, 0, 3, 7, 0));
        assertThat(links().lastKey()).isEqualTo("rp-20261121T101900Z");
    }

    @Test
    void mayBeForOneGroupOnly() throws Exception {
        long gid = POSIX.process().gid();
        new Farm(POSIX, RawPath.ofDisplay(dir.toString()), OptionalLong.of(gid), 512).update(List.of());

        assertThat(mode(dir)).isEqualTo("rwxr-x---");
        farm.update(List.of());
        assertThat(mode(dir)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void namesADirectoryThatKeepsUsersOut() throws Exception {
        farm.update(List.of());
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(farm.obstacle())
                .hasValueSatisfying(o ->
                        assertThat(o).contains("\"" + temp + "\" has mode 750").contains("chmod o+x"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        assertThat(farm.obstacle()).isEmpty();
    }

    @Test
    void doesNotWorkThroughALinkInItsPlace() throws Exception {
        Files.createDirectories(dir.getParent());
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(dir, elsewhere);

        assertThatThrownBy(() -> farm.update(List.of(version("2026-11-21T10:15:00Z", "/a"))))
                .isInstanceOf(PreviousException.class)
                .hasMessageStartingWith("cannot keep the previous versions in \"" + dir + "\": ");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static PreviousVersion version(String time, String target) {
        return new PreviousVersion(Instant.parse(time), RawPath.ofDisplay(target));
    }

    private NavigableMap<String, String> links() throws Exception {
        TreeMap<String, String> links = new TreeMap<>();
        for (String name : names()) {
            links.put(name, Files.readSymbolicLink(dir.resolve(name)).toString());
        }
        return links;
    }

    private List<String> names() throws Exception {
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
