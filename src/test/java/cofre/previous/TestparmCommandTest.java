package cofre.previous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestparmCommandTest {
    @TempDir
    Path temp;

    @Test
    void readsWhatTheProgramPrints() throws Exception {
        Path program =
                program("echo 'Loaded services file OK.' >&2; printf '[%s]\\n\\tpath = /caf\\303\\251\\n' \"$*\"");

        SmbConf conf = new TestparmCommand(program, Optional.of(Path.of("/etc/x y")), Duration.ofSeconds(30)).read();

        assertThat(conf.shareNames()).containsExactly("-s /etc/x y");
        assertThat(conf.value("-s /etc/x y", "path")).contains("/caf\u00e9");
    }

    @Test
    void saysWhyThereIsNoConfiguration() throws Exception {
        Path program = program("echo 'Error loading services.' >&2; exit 1");

        assertThatThrownBy(() -> new TestparmCommand(program, Optional.empty(), Duration.ofSeconds(30)).read())
                .isInstanceOf(PreviousException.class)
                .hasMessageContaining("exit status 1, saying: Error loading services. vs success");
        assertThatThrownBy(() ->
                        new TestparmCommand(temp.resolve("none"), Optional.empty(), Duration.ofSeconds(30)).read())
                .isInstanceOf(PreviousException.class)
                .hasMessageContaining("not started");
    }

    private Path program(String script) throws Exception {
        Path program = temp.resolve("testparm");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }
}
