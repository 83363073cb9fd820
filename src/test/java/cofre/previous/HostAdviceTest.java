package cofre.previous;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.previous.HostAdvice.FileDescriptors;
import cofre.previous.HostAdvice.Seen;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostAdviceTest {
    private static final Optional<String> DATASET = Optional.of("tank/obras");

    @Test
    void aSoundHostNeedsNothing() {
        assertThat(HostAdvice.check(seen("hidden", Optional.empty()))).isEmpty();
        assertThat(HostAdvice.check(seen("visible", mounted("rw,nodup")))).isEmpty();
        assertThat(HostAdvice.check(new Seen(Optional.empty(), "", Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void aDisabledSnapshotDirectoryIsNamedWithTheCommand() {
        assertThat(HostAdvice.check(seen("disabled", Optional.empty())))
                .singleElement()
                .asString()
                .contains("snapdir is disabled vs hidden")
                .endsWith("zfs set snapdir=hidden tank/obras");
    }

    @Test
    void descriptorsWithoutNodupAreNamed() {
        assertThat(HostAdvice.check(seen("hidden", mounted("rw"))))
                .singleElement()
                .asString()
                .contains("it with rw vs nodup");
        assertThat(HostAdvice.check(seen("hidden", Optional.of(new FileDescriptors(true, Optional.empty())))))
                .singleElement()
                .asString()
                .contains("no line for it");
        assertThat(HostAdvice.check(seen("hidden", Optional.of(new FileDescriptors(false, Optional.of("rw,nodup"))))))
                .singleElement()
                .asString()
                .contains("not mounted");
    }

    @Test
    void whyTheRepositoryCannotBeShownIsPassedOn() {
        String why = "cannot mount";
        assertThat(HostAdvice.check(new Seen(DATASET, "hidden", Optional.empty(), Optional.of(why))))
                .containsExactly(why);
    }

    private static Seen seen(String snapDir, Optional<FileDescriptors> descriptors) {
        return new Seen(DATASET, snapDir, descriptors, Optional.empty());
    }

    private static Optional<FileDescriptors> mounted(String options) {
        return Optional.of(new FileDescriptors(true, Optional.of(options)));
    }
}
