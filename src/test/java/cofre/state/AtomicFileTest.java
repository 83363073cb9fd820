package cofre.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path dir;

    @Test
    void whatACrashLeftHalfWrittenIsNeitherReadNorInTheWay() throws Exception {
        AtomicFile file = new AtomicFile(dir.resolve("state"));
        file.write(new byte[] {1, 2, 3});
        Path half = Files.write(dir.resolve(".state.new"), new byte[] {4});
        assertThat(file.read()).hasValue(new byte[] {1, 2, 3});
        file.write(new byte[] {5, 6});
        assertThat(file.read()).hasValue(new byte[] {5, 6});
        assertThat(half).doesNotExist();
    }

    @Test
    void onlyItsOwnerReadsItWhateverTheLeftoverAllowed() throws Exception {
        Path half = Files.createFile(dir.resolve(".state.new"));
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-rw-rw-"));
        new AtomicFile(dir.resolve("state")).write(new byte[] {1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("state"))))
                .isEqualTo("rw-------");
    }
}
