package cofre.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.PackId;
import cofre.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraceListTest {
    private static final Duration GRACE = Duration.ofHours(10);
    private static final PackId A = pack(1);
    private static final PackId B = pack(2);
    private final Instant start = Instant.parse("2026-03-01T10:00:00Z");

    private static PackId pack(int number) {
        return new PackId(Sha256.hash(new byte[] {(byte) number}));
    }

    private GraceList looked(int... hours) {
        GraceList list = GraceList.empty();
        for (int hour : hours) {
            list = list.after(start.plus(Duration.ofHours(hour)), Set.of(A), GRACE);
        }
        return list;
    }

    @Test
    void aPackIsRipeOnceItWasSeenForTheGrace() {
        assertThat(looked(0, 4, 8).ripe(GRACE)).isEmpty();
        assertThat(looked(0, 4, 8, 10).ripe(GRACE)).containsExactly(A);
    }

    @Test
    void noSingleStepOfTheClockMakesAPackRipe() {
        assertThat(looked(0, 1_000_000).waited().get(A)).isEqualTo(Duration.ofHours(5));
        assertThat(looked(0, 1_000_000, 0, 1).waited().get(A)).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void aPackThatWasInAnIndexMeanwhileBeginsAnew() {
        GraceList list = looked(0, 4, 8);
        list = list.after(start.plus(Duration.ofHours(9)), Set.of(B), GRACE);
        list = list.after(start.plus(Duration.ofHours(10)), Set.of(A, B), GRACE);
        assertThat(list.waited()).containsEntry(A, Duration.ZERO).containsEntry(B, Duration.ofHours(1));
    }

    @Test
    void whatIsDroppedBeginsAtNothing() {
        GraceList list = looked(0, 4).with(Set.of(A, B));
        assertThat(list.waited()).containsEntry(A, Duration.ZERO).containsEntry(B, Duration.ZERO);
        assertThat(list.without(Set.of(A)).waited()).containsOnlyKeys(B);
    }

    @Test
    void theFileBringsBackWhatWasRemembered() {
        GraceList list = looked(0, 4).with(Set.of(B));
        assertThat(GraceList.decode(list.encode())).isEqualTo(list);
        assertThat(GraceList.decode(GraceList.empty().encode())).isEqualTo(GraceList.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "cofre-prune 1 x\nend\n",
                "cofre-prune 1 99999999999999999\nend\n",
                "cofre-prune 2 5\nend\n",
                "cofre-prune 1 5\nab 5\nend\n",
                "cofre-prune 1 5\n0000000000000000000000000000000000000000000000000000000000000000\nend\n"
            })
    void aFileThatIsNotWholeIsNone(String file) {
        assertThat(GraceList.decode(file.getBytes(StandardCharsets.US_ASCII))).isEqualTo(GraceList.empty());
    }

    @Test
    void aTornFileIsNone() {
        byte[] file = looked(0, 4).encode();
        for (int length = 0; length < file.length - 1; length++) {
            byte[] torn = java.util.Arrays.copyOf(file, length);
            assertThat(GraceList.decode(torn)).isEqualTo(GraceList.empty());
        }
    }
}
