package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.config.CofreConfig;
import cofre.config.ConfigReader;
import cofre.config.ShareSettings;
import cofre.format.BlobId;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.retention.Guard;
import cofre.schedule.Agenda;
import cofre.schedule.Due;
import cofre.schedule.Jitter;
import cofre.schedule.Pauses;
import cofre.schedule.Task;
import cofre.source.Frozen;
import cofre.source.SnapshotSource.Request;
import cofre.testkit.Engines;
import cofre.testkit.FakeTime;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedDataset;
import cofre.testkit.SimulatedZfs;
import cofre.zfs.NeededViews;
import cofre.zfs.OwnSnapshots;
import cofre.zfs.ZfsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year, a look every five minutes: a snapshot that stays here every quarter of an hour, a point sent each night, both
 * thinned by their own policies; the clock is set wrong twice, the machine is off for three days, summer time begins and ends.
 * What exists at the end is what the policies make of all that ever was. Also N9: whatever happens, there is no pile.
 */
@Tag("slow")
@Timeout(300)
class KeepingYearTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Lisbon");
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:02:00Z");

    @TempDir
    private Path dir;

    private final SettableClock wall = new SettableClock(BEGIN.toString());
    private final FakeTime nanos = new FakeTime();
    private final SimulatedZfs zfs = new SimulatedZfs(wall);
    private final SimulatedDataset dataset = zfs.create("tank/s");
    private final Set<String> base = new HashSet<>();
    private final ZfsSource source =
            new ZfsSource(zfs, zfs, wall, wall::advance, DEADLINE, (NeededViews) id -> Set.copyOf(base), e -> {});
    private final Request request = new Request("s", "tank/s", RawPath.ofDisplay("/tank/s"));
    private final List<Instant> here = new ArrayList<>(); // every own snapshot there ever was
    private final List<Instant> sent = new ArrayList<>(); // every point there ever was
    private final Map<String, List<Instant>> runs = new HashMap<>();
    private CofreConfig config;
    private ShareSettings share;
    private Repository repository;
    private Agenda agenda;
    private int most;

    private void set() throws Exception {
        config = ConfigReader.parse("""
                [repository.r]
                url = "/r"
                password_file = "/p"
                forget_schedule = "daily 04:00"
                [share.s]
                repository = "r"
                dataset = "tank/s"
                schedule = "daily 22:00"
                keep = { daily = 7, weekly = 4, monthly = 6, yearly = 2 }
                local_schedule = "every 15 min"
                keep_local = { last = 8, hourly = 24, daily = 10 }
                """);
        share = config.shares().get("s");
        repository = new Repositories(Engines.engine(wall)).init(MemoryBackend.ready(), Engines.password());
        dataset.tree().file("x", "one");
        agenda = new Agenda(ZONE, new Jitter("host", Duration.ZERO), Map.of(), Pauses.NONE);
    }

    private List<Task> tasks() {
        return List.of(
                new Task(Scheduling.local("s"), share.local().schedule(), "local"),
                new Task(Scheduling.backup("s"), share.schedule(), "backup"),
                new Task(
                        Scheduling.forget("r"),
                        config.repositories().get("r").care().forget().schedule(),
                        "forget"));
    }

    /** Time passes, and nobody looks. */
    private void pass(Duration time) {
        wall.advance(time);
        nanos.advance(time);
    }

    private void live(Duration time) throws Exception {
        for (long step = 0; step < time.dividedBy(STEP); step++) {
            for (Due due : agenda.look(tasks(), wall.instant(), nanos.getAsLong())) {
                runs.computeIfAbsent(due.task(), name -> new ArrayList<>()).add(wall.instant());
                run(due.task());
                agenda.ended(due.task());
            }
            pass(STEP);
        }
    }

    private void run(String task) throws Exception {
        if (task.equals(Scheduling.local("s"))) {
            here.add(source.mark(List.of(request), "local-1").get(0).time());
            thin();
        } else if (task.equals(Scheduling.backup("s"))) {
            send();
            thin();
        } else {
            forget();
        }
    }

    private void thin() throws Exception {
        source.tidy(request, new LocalThinning(List.of(share.local()), wall.instant(), ZONE));
        most = Math.max(most, dataset.snapshots().size());
    }

    private void send() throws Exception {
        Frozen view = source.freeze(List.of(request), "run-1").get(0);
        here.add(view.time());
        sent.add(view.time());
        repository.saveSnapshot(new Snapshot(
                view.time().atZone(ZoneOffset.UTC),
                Optional.empty(),
                BlobId.parse("ab".repeat(32)),
                List.of("/tank/s"),
                "host",
                "root",
                0,
                0,
                List.of(),
                PointTags.of("s", Optional.of("7"), "v", RightsModel.NONE),
                Optional.empty(),
                "cofre test",
                Optional.empty()));
        base.clear();
        base.add(view.viewId());
        source.settle(view);
    }

    private void forget() throws Exception {
        Memories memories = new Memories(dir, wall, nanos);
        ForgetRun run = new ForgetRun(
                config.repositories().get("r"),
                repository,
                new ForgetRun.Bin(
                        memories.trash(repository.config().id(), Duration.ZERO), new RepositoryWatch(memories)),
                new Guard(50, 10, Optional.of(Duration.ofDays(30))),
                Progress.NONE,
                wall.instant());
        run.remove(Map.of(share, new ForgetPlans.Owner("host", Optional.of("7"))));
        assertThat(run.refusals()).isEmpty();
    }

    @Test
    void aYearOfSnapshotsPointsAndWrongClocks() throws Exception {
        set();
        live(Duration.ofDays(40));
        wall.advance(Duration.ofDays(2)); // set forward by mistake, for six hours
        live(Duration.ofHours(6));
        wall.advance(Duration.ofDays(-2));
        live(Duration.ofDays(80)); // over the beginning of summer time
        wall.advance(Duration.ofHours(-5));
        live(Duration.ofDays(1));
        wall.advance(Duration.ofHours(5));
        live(Duration.ofDays(60));

        Map<String, cofre.schedule.Standing> standings = agenda.standings(); // off for three days
        pass(Duration.ofDays(3));
        agenda = new Agenda(ZONE, new Jitter("host", Duration.ZERO), standings, Pauses.NONE);
        live(Duration.ofDays(181).minusHours(6)); // over its end, to the last evening of the year

        assertThat(wall.instant()).isEqualTo(BEGIN.plus(Duration.ofDays(365)));
        forget();
        eachThingWasDoneOnce();
        assertThat(hereTimes()).isEqualTo(keptHere());
        assertThat(sentTimes()).isEqualTo(keptSent());
        assertThat(most)
                .as("never more than the policy's, what is in hand, and those of six hours in a wrong future")
                .isLessThanOrEqualTo(8 + 24 + 10 + 2 + 24);
    }

    private void eachThingWasDoneOnce() {
        // A year of quarters of an hour; without three days, of which one run is made; with a few for times lived
        // twice.
        assertThat(runs.get(Scheduling.local("s"))).hasSizeBetween(4 * 24 * 362 - 30, 4 * 24 * 362 + 10);
        for (String nightly : List.of(Scheduling.backup("s"), Scheduling.forget("r"))) {
            assertThat(runs.get(nightly)).as(nightly).hasSizeBetween(362, 366);
            Set<LocalDate> dates = new HashSet<>();
            long twice = runs.get(nightly).stream()
                    .filter(time -> !dates.add(time.atZone(ZONE).toLocalDate()))
                    .count();
            assertThat(twice)
                    .as("dates with two: lived twice by two clocks set back, and what was missed in three days off")
                    .isLessThanOrEqualTo(3);
        }
    }

    private Set<Instant> hereTimes() throws Exception {
        TreeSet<Instant> times = new TreeSet<>();
        new OwnSnapshots(zfs, DEADLINE).of(source.identify(request)).forEach(one -> times.add(one.time()));
        return times;
    }

    private Set<Instant> sentTimes() throws Exception {
        TreeSet<Instant> times = new TreeSet<>();
        for (StoredSnapshot point : repository.snapshots(Progress.NONE)) {
            times.add(point.snapshot().time().toInstant());
        }
        return times;
    }

    // What follows knows nothing of the rooms above: of all there ever was, the newest of each of the newest intervals.

    private Set<Instant> keptHere() {
        TreeSet<Instant> kept = new TreeSet<>(newestOfEach(here, 8, time -> time, ZONE));
        kept.addAll(newestOfEach(here, 24, time -> time.toLocalDate() + " " + time.getHour(), ZONE));
        kept.addAll(newestOfEach(here, 10, ZonedDateTime::toLocalDate, ZONE));
        kept.add(sent.get(sent.size() - 1)); // what the next run counts from
        return kept;
    }

    private Set<Instant> keptSent() {
        TreeSet<Instant> kept = new TreeSet<>(newestOfEach(sent, 7, ZonedDateTime::toLocalDate, ZoneOffset.UTC));
        kept.addAll(newestOfEach(
                sent,
                4,
                time -> time.get(IsoFields.WEEK_BASED_YEAR) * 100 + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                ZoneOffset.UTC));
        kept.addAll(newestOfEach(sent, 6, time -> time.getYear() * 100 + time.getMonthValue(), ZoneOffset.UTC));
        kept.addAll(newestOfEach(sent, 2, ZonedDateTime::getYear, ZoneOffset.UTC));
        kept.add(Collections.min(
                sent)); // two years were asked for, and there is one: history reaches back as far as it can
        return kept;
    }

    private static Set<Instant> newestOfEach(
            List<Instant> all, int count, Function<ZonedDateTime, Object> interval, ZoneId zone) {
        Set<Object> seen = new HashSet<>();
        Set<Instant> newest = new HashSet<>();
        for (Instant time : new TreeSet<>(all).descendingSet()) {
            if (seen.size() < count && seen.add(interval.apply(time.atZone(zone)))) {
                newest.add(time);
            }
        }
        return newest;
    }
}
