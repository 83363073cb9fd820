package cofre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoriesTest {
    @TempDir
    Path top;

    private static String mode(Path directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    }

    @Test
    void onlyTheLastStepToAPrivateDirectoryIsPrivate() throws IOException {
        OwnDirectories.makePrivate(top.resolve("db/cofre/state"));
        assertThat(mode(top.resolve("db"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(top.resolve("db/cofre"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(top.resolve("db/cofre/state"))).isEqualTo("rwx------");
    }

    @Test
    void aPrivateDirectoryThatWasOpenIsClosedAndTheWayKeepsItsModes() throws IOException {
        Files.createDirectories(top.resolve("db/state"));
        Files.setPosixFilePermissions(top.resolve("db"), PosixFilePermissions.fromString("rwxr-x---"));
        OwnDirectories.makePrivate(top.resolve("db/state"));
        assertThat(mode(top.resolve("db"))).isEqualTo("rwxr-x---");
        assertThat(mode(top.resolve("db/state"))).isEqualTo("rwx------");
    }

    @Test
    void aFileInTheWayIsAnError() throws IOException {
        Files.createFile(top.resolve("db"));
        assertThatThrownBy(() -> OwnDirectories.makeOpen(top.resolve("db")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
