package cofre.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample is what people start from: it must hold, and so must every line in it once its comment mark is taken away. */
class SampleTest {
    /** Settings that exclude another one, each left out while the rest is tried. */
    private static final List<String> ALTERNATIVES = List.of("#password_command", "#directory");

    @Test
    void isValidAsItStands() throws Exception {
        CofreConfig config = ConfigReader.parse(sample());
        assertThat(config.shares()).containsOnlyKeys("obras");
    }

    @Test
    void isValidWithEverySettingSwitchedOn() throws Exception {
        assertThat(ConfigReader.parse(uncommented()).shares()).containsOnlyKeys("obras");
    }

    @Test
    void showsTheDefaults() throws Exception {
        CofreConfig plain = ConfigReader.parse(sample());
        CofreConfig full = ConfigReader.parse(uncommented());
        RepositorySettings a = plain.repositories().get("central");
        RepositorySettings b = full.repositories().get("central");
        assertThat(List.of(a.compression(), a.packSize(), a.connections(), a.timeout(), a.retryFor()))
                .isEqualTo(List.of(b.compression(), b.packSize(), b.connections(), b.timeout(), b.retryFor()));
        ShareSettings s = plain.shares().get("obras");
        ShareSettings t = full.shares().get("obras");
        assertThat(s.local().most()).isEqualTo(96);
        assertThat(t.local().most()).isEqualTo(96);
        assertThat(s.previousVersions().farmMax())
                .isEqualTo(t.previousVersions().farmMax());
        assertThat(s.previousVersions().farmDir())
                .isEqualTo(t.previousVersions().farmDir());
        assertThat(plain.daemon().stateDir()).isEqualTo(full.daemon().stateDir());
        assertThat(plain.daemon().socket()).isEqualTo(full.daemon().socket());
        assertThat(plain.daemon().cacheSize()).isEqualTo(full.daemon().cacheSize());
    }

    private static String uncommented() throws IOException {
        return Arrays.stream(sample().split("\n"))
                .filter(line -> ALTERNATIVES.stream().noneMatch(line::startsWith))
                .map(line -> line.matches("#[a-z_]+ = .*") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
    }

    private static String sample() throws IOException {
        return Files.readString(Path.of("etc/cofre.toml.sample"));
    }
}
