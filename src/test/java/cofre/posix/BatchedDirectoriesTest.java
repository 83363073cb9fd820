package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static cofre.posix.PosixFixture.oddNames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.path.RawName;
import cofre.shim.Shim;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class BatchedDirectoriesTest {
    @TempDir
    private Path temp;

    private Directories batched;

    /** As the shim's own tests: not run where it was not built, unless {@code cofre.native.required} is set. */
    @BeforeEach
    void loadShim() {
        Shim shim = Shim.load(Path.of(System.getProperty("cofre.native", "native/build")));
        if (shim instanceof Shim.Loaded loaded) {
            batched = POSIX.withBatches(loaded::batchDir).directories();
            return;
        }
        String message = shim.description() + "; build it with: make -C native";
        if (Boolean.getBoolean("cofre.native.required")) {
            throw new AssertionError(message);
        }
        throw new TestAbortedException(message);
    }

    @Test
    void givesWhatTheJavaTwinGives() throws PosixException {
        try (Fd dir = directory(temp)) {
            assertThat(batched.listWithStat(dir)).isEmpty();
            for (RawName odd : oddNames()) {
                make(dir, odd, (byte) 1);
            }
            for (int i = 0; i < 3000; i++) {
                make(dir, name("one-of-so-many-that-they-fill-several-batches-" + i));
            }
            POSIX.nodes().mkdirAt(dir, name("sub"), 01777);
            POSIX.nodes().mkfifoAt(dir, name("fifo"), 0600);
            POSIX.nodes().symlinkAt("a/b".getBytes(StandardCharsets.US_ASCII), dir, name("link"));
            POSIX.nodes().setTimesAt(dir, name("link"), new FileTimes(-5, 6, -7, 8));
            List<StatEntry> java = POSIX.directories().listWithStat(dir);
            assertThat(java).hasSize(3000 + 3 + oddNames().size());
            assertThat(batched.listWithStat(dir)).hasSameElementsAs(java).hasSameSizeAs(java);
            assertThat(batched.listWithStat(dir))
                    .as("a second listing begins anew")
                    .hasSameElementsAs(java);
        }
    }

    @Test
    void givesWhatTheJavaTwinGivesOfDevices() throws PosixException {
        try (Fd dir = POSIX.files().open("/dev".getBytes(StandardCharsets.US_ASCII), OpenFlags.REAL_DIRECTORY)) {
            assertThat(only(batched.listWithStat(dir), "null"))
                    .isEqualTo(only(POSIX.directories().listWithStat(dir), "null"));
            assertThat(only(batched.listWithStat(dir), "zero"))
                    .isEqualTo(only(POSIX.directories().listWithStat(dir), "zero"));
        }
    }

    private static StatEntry only(List<StatEntry> entries, String name) {
        return entries.stream()
                .filter(e -> e.name().equals(name(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reportsANameWithoutMetadataAndGoesOn() throws Exception {
        assumeTrue(PosixFixture.isRoot());
        try (Fd dir = directory(temp)) {
            make(dir, name("file"));
        }
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rw-rw-rw-"));
        String shim = Path.of(System.getProperty("cofre.native", "native/build"))
                .toAbsolutePath()
                .toString();
        assertThat(ChildJvm.run("C", UnsearchableListing.class, temp.toString(), shim)
                        .strip())
                .isEqualTo("file EACCES");
    }

    @Test
    void complainsAsTheJavaTwinDoes() throws PosixException {
        try (Fd dir = directory(temp)) {
            make(dir, name("file"));
            try (Fd file = POSIX.files().openAt(dir, name("file"), OpenFlags.READ)) {
                assertErrno(Errno.ENOTDIR, () -> batched.listWithStat(file));
            }
        }
    }
}
