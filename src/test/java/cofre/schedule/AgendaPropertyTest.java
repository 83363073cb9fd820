package cofre.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** A year of a daemon that is stopped, killed, paused and slow: each due time is dealt with by exactly one run that ended. */
class AgendaPropertyTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:30Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:30Z");

    @Provide
    Arbitrary<Task> tasks() {
        return Arbitraries.of(
                        "hourly", "every 6 h", "daily 02:30", "weekly sun 03:30", "monthly 31 04:00", "30 1,2,3 * * *")
                .map(schedule -> new Task("t", Schedule.parse(schedule), "g"));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Berlin", "Australia/Lord_Howe", "UTC").map(ZoneId::of);
    }

    /** One simulated daemon. */
    private static final class Year {
        private final Task task;
        private final ZoneId zone;
        private final Jitter jitter;
        private final Random random;
        private Agenda agenda;
        private Instant now = FROM;
        private Instant dealtWith = FROM;
        private Instant begun;
        private final Set<Instant> covered = new TreeSet<>();

        Year(Task task, ZoneId zone, Jitter jitter, Random random) {
            this.task = task;
            this.zone = zone;
            this.jitter = jitter;
            this.random = random;
            this.agenda = new Agenda(zone, jitter, Map.of(), Pauses.NONE);
        }

        Set<Instant> live() {
            while (now.isBefore(TO)) {
                List<Due> due = agenda.look(List.of(task), now, now.toEpochMilli() * 1_000_000);
                for (Due one : due) {
                    assertThat(begun).as("beside itself").isNull();
                    assertThat(one.time()).isBetween(dealtWith, now);
                    begun = now;
                }
                if (begun != null && random.nextInt(3) == 0) {
                    end();
                }
                now = now.plusSeconds(random.nextInt(2000) == 0 ? 3 * 86_400 : 1 + random.nextInt(900));
                if (random.nextInt(500) == 0) {
                    agenda = new Agenda(zone, jitter, agenda.standings(), agenda.pauses());
                    begun = null; // killed with it
                }
            }
            return covered;
        }

        private void end() {
            Instant time = task.schedule().next(dealtWith, zone).orElseThrow();
            assertThat(time).as("a run without reason").isBeforeOrEqualTo(begun);
            for (; !time.isAfter(begun); time = task.schedule().next(time, zone).orElseThrow()) {
                assertThat(covered.add(time)).as("%s twice", time).isTrue();
            }
            dealtWith = begun;
            begun = null;
            agenda.ended("t");
        }
    }

    @Tag("slow")
    @Property(tries = 15)
    void eachDueTimeIsDealtWithOnce(
            @ForAll("tasks") Task task, @ForAll("zones") ZoneId zone, @ForAll long seed, @ForAll boolean late) {
        Jitter jitter = new Jitter("host", late ? Duration.ofMinutes(10) : Duration.ZERO);
        Set<Instant> covered = new Year(task, zone, jitter, new Random(seed)).live();
        Set<Instant> expected = new TreeSet<>();
        Instant time = task.schedule().next(FROM, zone).orElseThrow();
        // What was due in the last days of the year may still be waiting when it ends.
        for (;
                time.isBefore(TO.minus(Duration.ofDays(4)));
                time = task.schedule().next(time, zone).orElseThrow()) {
            expected.add(time);
        }
        assertThat(covered).containsAll(expected);
    }
}
