package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static cofre.posix.PosixFixture.oddNames;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    private static final Directories DIRECTORIES = POSIX.directories();

    @TempDir
    private Path temp;

    private Fd dir;

    @BeforeEach
    void openDirectory() throws PosixException {
        dir = directory(temp);
    }

    @AfterEach
    void closeDirectory() {
        dir.close();
    }

    @Test
    void agreesWithTheJdkAboutEveryFieldItKnows() throws Exception {
        make(dir, name("file"), (byte) 1, (byte) 2);
        POSIX.nodes().linkAt(dir, name("file"), dir, name("second"));
        POSIX.nodes().symlinkAt("file".getBytes(StandardCharsets.US_ASCII), dir, name("link"));
        POSIX.nodes().mkdirAt(dir, name("sub"), 0751);
        for (String text : List.of("file", "link", "sub")) {
            Map<String, Object> jdk = Files.readAttributes(temp.resolve(text), "unix:*", LinkOption.NOFOLLOW_LINKS);
            FileStat ours = DIRECTORIES.statAt(dir, name(text));
            assertThat((long) ours.mode() | (long) ours.kind().modeBits()).isEqualTo((long) (int) jdk.get("mode"));
            assertThat(ours.inode()).isEqualTo(jdk.get("ino"));
            assertThat(ours.device()).isEqualTo(jdk.get("dev"));
            assertThat(ours.rdev()).isEqualTo(jdk.get("rdev"));
            assertThat(ours.links()).isEqualTo((long) (int) jdk.get("nlink"));
            assertThat(ours.uid()).isEqualTo((long) (int) jdk.get("uid"));
            assertThat(ours.gid()).isEqualTo((long) (int) jdk.get("gid"));
            assertThat(ours.size()).isEqualTo(jdk.get("size"));
            assertTime((FileTime) jdk.get("lastModifiedTime"), ours.mtimeSeconds(), ours.mtimeNanos());
            assertTime((FileTime) jdk.get("lastAccessTime"), ours.atimeSeconds(), ours.atimeNanos());
            assertTime((FileTime) jdk.get("ctime"), ours.ctimeSeconds(), ours.ctimeNanos());
        }
        assertThat(DIRECTORIES.statAt(dir, name("file")).links()).isEqualTo(2);
        assertThat(DIRECTORIES.statFollowing(PosixFixture.bytes(temp.resolve("link"))))
                .isEqualTo(DIRECTORIES.statAt(dir, name("second")));
    }

    private static void assertTime(FileTime expected, long seconds, int nanos) {
        assertThat(java.time.Instant.ofEpochSecond(seconds, nanos)).isEqualTo(expected.toInstant());
    }

    @Test
    void tellsDevicesApart() throws PosixException {
        FileStat nul = DIRECTORIES.statFollowing("/dev/null".getBytes(StandardCharsets.US_ASCII));
        assertThat(nul.kind()).isEqualTo(FileKind.CHARACTER_DEVICE);
        assertThat(nul.rdev()).isEqualTo(LinuxPlatform.device(1, 3));
        assertThat(LinuxPlatform.device(1, 3)).isEqualTo(0x103);
        assertThat(LinuxPlatform.device(0x12345, 0x6789a)).isEqualTo(0x0001200067834_59aL);
    }

    @Test
    void listsEveryOddNameAsItIs() throws PosixException {
        for (RawName odd : oddNames()) {
            make(dir, odd);
        }
        List<RawDirEntry> listed = DIRECTORIES.list(dir);
        assertThat(listed).extracting(RawDirEntry::name).containsExactlyInAnyOrderElementsOf(oddNames());
        for (RawDirEntry entry : listed) {
            assertThat(entry.kind()).isEqualTo(FileKind.FILE);
            assertThat(entry.inode())
                    .isEqualTo(DIRECTORIES.statAt(dir, entry.name()).inode());
        }
        assertThat(DIRECTORIES.list(dir)).as("a second listing begins anew").hasSameElementsAs(listed);
    }

    @Test
    void listsMoreThanOneBatchWithItsMetadata() throws PosixException {
        Set<RawName> made = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            RawName name = name("a-rather-long-name-to-fill-batches-" + i);
            make(dir, name);
            made.add(name);
        }
        List<StatEntry> listed = DIRECTORIES.listWithStat(dir);
        assertThat(listed.stream().map(StatEntry::name).collect(Collectors.toSet()))
                .isEqualTo(made);
        assertThat(listed).hasSize(3000);
        StatEntry.Found some = (StatEntry.Found) listed.get(2500);
        assertThat(some.stat()).isEqualTo(DIRECTORIES.statAt(dir, some.name()));
    }

    @Test
    void listsAnEmptyDirectoryAndRefusesAFile() throws PosixException {
        assertThat(DIRECTORIES.list(dir)).isEmpty();
        assertThat(DIRECTORIES.listWithStat(dir)).isEmpty();
        make(dir, name("file"));
        try (Fd file = POSIX.files().openAt(dir, name("file"), OpenFlags.READ)) {
            assertErrno(Errno.ENOTDIR, () -> DIRECTORIES.list(file));
        }
        assertErrno(Errno.ENOENT, () -> DIRECTORIES.statAt(dir, name("none")));
    }

    @Test
    void reportsANameWithoutMetadataAndGoesOn() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(PosixFixture.isRoot());
        make(dir, name("file"));
        // A directory that may be listed but not searched: list as nobody through a child that has no root's rights.
        Files.setPosixFilePermissions(temp, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
        String output = ChildJvm.run("C", UnsearchableListing.class, temp.toString());
        assertThat(output.strip()).isEqualTo("file EACCES");
    }

    @Test
    void knowsItsFileSystem() throws Exception {
        FileSystemInfo info = DIRECTORIES.fileSystem(dir);
        assertThat(info.totalBytes()).isEqualTo(Files.getFileStore(temp).getTotalSpace());
        assertThat(info.availableBytes()).isBetween(1L, info.totalBytes());
        assertThat(info.readOnly()).isFalse();
        assertThat(info.isZfs()).isFalse();
        try (Fd proc = POSIX.files().open("/proc".getBytes(StandardCharsets.US_ASCII), OpenFlags.REAL_DIRECTORY)) {
            assertThat(DIRECTORIES.fileSystem(proc).type()).isEqualTo("proc");
        }
    }
}
