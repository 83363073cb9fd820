package cofre.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.KeyId;
import cofre.format.RepositoryId;
import cofre.format.Sha256;
import cofre.format.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryMemoryTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path dir;

    private static Sha256 hash(int number) {
        return Sha256.hash(new byte[] {(byte) number, (byte) (number >> 8)});
    }

    private static KnownRepository known(int points) {
        List<KnownRepository.OwnPoint> made = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            made.add(new KnownRepository.OwnPoint(new SnapshotId(hash(i)), "s", TIME.plusSeconds(i), "host:/s"));
        }
        return new KnownRepository(
                new RepositoryId(hash(1)), 0x3DA3358B4DC173L, Set.of(new KeyId(hash(2))), made, 7, TIME, "why");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        RepositoryMemory memory = new RepositoryMemory(dir.resolve("sub/r.json"));
        assertThat(memory.read()).isEmpty();
        memory.update(none -> known(9)); // nothing is known: nothing to change
        assertThat(memory.read()).isEmpty();
        memory.write(known(3));
        assertThat(memory.read()).contains(known(3));
        memory.update(before -> before.withAlarm(""));
        assertThat(memory.read().orElseThrow().alarm()).isEmpty();
    }

    @Test
    void aDamagedFileSaysSo() throws Exception {
        Path file = dir.resolve("r.json");
        RepositoryMemory memory = new RepositoryMemory(file);
        memory.write(known(3));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(memory::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theOldestOfTooManyPointsAreNotWatchedOver() {
        KnownRepository known = known(KnownRepository.MAX_POINTS + 5);
        assertThat(known.points()).hasSize(KnownRepository.MAX_POINTS);
        assertThat(known.points().get(0).time()).isEqualTo(TIME.plusSeconds(5));
    }
}
