package cofre.repository.check;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.PackId;
import cofre.format.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S10: rot is found because everything is read again and again. */
@Timeout(120)
class ReadCoverageTest {
    private static final Instant START = Instant.parse("2026-01-01T03:00:00Z");
    private static final Duration WITHIN = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);

    /** A repository through which packs come and go, and a host whose clock is set now and then. */
    private static final class Sim {
        final Random random;
        final Map<PackId, Instant> unread = new HashMap<>(); // since when, by a clock that is right
        Instant now = START;
        Duration wrong = Duration.ZERO;
        byte[] kept = {};
        long packsRead;

        Sim(long seed, int packs) {
            random = new Random(seed);
            add(packs);
        }

        void add(int many) {
            byte[] id = new byte[Sha256.LENGTH];
            for (int i = 0; i < many; i++) {
                random.nextBytes(id);
                unread.put(new PackId(Sha256.of(id)), now);
            }
        }

        void prune(int many) {
            unread.keySet().removeIf(pack -> random.nextInt(unread.size()) < many);
        }

        /** A check; one that is killed has read a part of what was due, and kept a part of that. */
        void check(Duration interval, boolean killed) {
            Instant wall = now.plus(wrong);
            ReadCoverage before = ReadCoverage.decode(kept).orElseGet(() -> ReadCoverage.beginning(wall));
            ReadCoverage.Due due = before.due(wall, interval, WITHIN);
            BitSet done = due.slots();
            if (killed) {
                done.stream().filter(slot -> random.nextBoolean()).forEach(done::clear);
            }
            for (Map.Entry<PackId, Instant> pack : unread.entrySet()) {
                if (done.get(ReadCoverage.slot(pack.getKey()))) {
                    pack.setValue(now);
                    packsRead++;
                }
            }
            kept = due.coverage().with(done).encode();
        }

        Duration longestUnread() {
            return unread.values().stream()
                    .map(since -> Duration.between(since, now))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void s10NinetyDaysOfPacksThatComeAndGoAndChecksThatAreMissed(long seed) {
        Sim sim = new Sim(seed, 20_000);
        for (int day = 0; day < 90; day++) {
            sim.now = sim.now.plus(DAY);
            sim.add(sim.random.nextInt(300));
            sim.prune(sim.random.nextInt(250));
            boolean isDown = day >= 40 && day < 43;
            if (!isDown && sim.random.nextInt(10) > 0) {
                sim.check(DAY, sim.random.nextInt(15) == 0);
            }
            assertThat(sim.longestUnread()).as("day %d", day).isLessThanOrEqualTo(WITHIN);
        }
        assertThat(sim.packsRead).as("and not much more is read than must be").isLessThan((long)
                (1.6 * 90 / 30 * sim.unread.size()));
    }

    @ParameterizedTest
    @CsvSource({"P365D, 1", "P-365D, 2", "PT-2H, 3", "P-10D, 4", "P20D, 5"})
    void s10AClockThatIsSetForthAndBackMakesNothingCountAsRead(String jump, long seed) {
        Sim sim = new Sim(seed, 5_000);
        for (int day = 0; day < 90; day++) {
            sim.now = sim.now.plus(DAY);
            sim.add(20);
            if (day == 17 || day == 50) {
                sim.wrong = Duration.parse(jump);
            } else if (day == 25 || day == 70) {
                sim.wrong = Duration.ZERO;
            }
            sim.check(DAY, false);
            assertThat(sim.longestUnread()).as("day %d", day).isLessThanOrEqualTo(WITHIN);
        }
    }

    @Test
    void s10AfterALongPauseAllIsReadOnceAndNotTwice() {
        Sim sim = new Sim(7, 5_000);
        for (int day = 0; day < 30; day++) {
            sim.now = sim.now.plus(DAY);
            sim.check(DAY, false);
        }
        sim.now = sim.now.plus(Duration.ofDays(100));
        sim.packsRead = 0;
        sim.check(DAY, false);
        assertThat(sim.packsRead).isEqualTo(5_000);
        sim.now = sim.now.plus(DAY);
        sim.packsRead = 0;
        sim.check(DAY, false);
        assertThat(sim.packsRead).as("the pace is kept again").isBetween(1L, 400L);
    }

    @ParameterizedTest
    @CsvSource({"PT1H, 1", "P7D, 2", "P14D, 3", "P20D, 4"})
    void s10WhateverTheInterval(String every, long seed) {
        Duration interval = Duration.parse(every);
        Sim sim = new Sim(seed, 2_000);
        for (Duration gone = Duration.ZERO; gone.toDays() < 90; gone = gone.plus(interval)) {
            sim.now = sim.now.plus(interval);
            sim.add(2);
            sim.check(interval, false);
            assertThat(sim.longestUnread()).isLessThanOrEqualTo(WITHIN);
        }
    }

    @Test
    void whatIsLostOrSpoiltCountsAsUnread() {
        ReadCoverage all = ReadCoverage.beginning(START).with(full());
        byte[] file = all.encode();
        assertThat(ReadCoverage.decode(file).orElseThrow().oldest()).contains(START);
        file[100] ^= 1;
        assertThat(ReadCoverage.decode(file)).isEmpty();
        assertThat(ReadCoverage.decode(new byte[0])).isEmpty();
        assertThat(file.length).isLessThan(64 << 10);
    }

    @Test
    void saysHowMuchWasReadInTime() {
        ReadCoverage begun = ReadCoverage.beginning(START);
        assertThat(begun.oldest()).isEmpty();
        BitSet half = new BitSet();
        half.set(0, ReadCoverage.SLOTS / 2);
        assertThat(begun.with(half).percentWithin(WITHIN)).isEqualTo(50);
        Instant later = START.plus(Duration.ofDays(40));
        assertThat(begun.with(full()).due(later, DAY, WITHIN).coverage().percentWithin(WITHIN))
                .isZero();
        assertThat(begun.due(later, DAY, Duration.ZERO).slots().isEmpty()).isTrue();
    }

    private static BitSet full() {
        BitSet all = new BitSet();
        all.set(0, ReadCoverage.SLOTS);
        return all;
    }
}
