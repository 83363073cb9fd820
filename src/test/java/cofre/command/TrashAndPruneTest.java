package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.config.CofreConfig;
import cofre.config.ConfigReader;
import cofre.config.RepositorySettings;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.PruneMemory;
import cofre.repository.PruneOptions;
import cofre.repository.PruneRun;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.repository.prune.MaxUnused;
import cofre.repository.prune.PruneRules;
import cofre.retention.Guard;
import cofre.source.SnapshotSource;
import cofre.testkit.Engines;
import cofre.testkit.FakeTime;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forgotten points and our own prune: spared while their time lasts, gone after it, whatever the clock on the wall says. */
@Timeout(60)
class TrashAndPruneTest {
    private static final PruneOptions OPTIONS = new PruneOptions(
            new PruneRules(new MaxUnused.Percent(0), 1 << 20, true, false, false), Duration.ZERO, Duration.ZERO);

    @TempDir
    private Path dir;

    private final SettableClock wall = new SettableClock("2026-03-01T10:00:00Z");
    private final FakeTime nanos = new FakeTime();
    private final MemorySource source = new MemorySource(wall);
    private final MemoryNode live = source.tree("tank/s");
    private final Engines.HostMemory memory = new Engines.HostMemory();
    private CofreConfig config;
    private RepositorySettings settings;
    private Memories memories;
    private Repository repository;
    private SnapshotId first;

    /** Packs that wait are not remembered: with no grace none waits for long. */
    private static final class Forgetful implements PruneMemory {
        private Optional<byte[]> list = Optional.empty();

        @Override
        public Optional<byte[]> recall() {
            return list;
        }

        @Override
        public void remember(byte[] kept) {
            list = Optional.of(kept.clone());
        }
    }

    private final Forgetful waiting = new Forgetful();

    @BeforeEach
    void forgetTheFirstOfTwoPoints() throws Exception {
        config = ConfigReader.parse("""
                [repository.r]
                url = "/r"
                password_file = "/p"
                trash = "7 d"
                [share.s]
                repository = "r"
                dataset = "tank/s"
                keep = { last = 1 }
                """);
        settings = config.repositories().get("r");
        memories = new Memories(dir, wall, nanos);
        repository = new Repositories(Engines.engine(wall)).init(MemoryBackend.ready(), Engines.password());
        live.file("gone", "only the first point has this");
        first = backUp();
        live.remove("gone");
        live.file("there", "the second has this");
        backUp();
        pass(Duration.ofHours(1));
        ForgetRun forget = new ForgetRun(
                settings,
                session(),
                new ForgetRun.Bin(trash(), new RepositoryWatch(memories)),
                Guard.ONLY_ALL,
                Progress.NONE,
                wall.instant());
        String host = repository.snapshot(first).hostname();
        forget.remove(Map.of(config.shares().get("s"), new ForgetPlans.Owner(host, Optional.empty())));
        assertThat(forget.removed()).isEqualTo(1);
    }

    private void pass(Duration time) {
        wall.advance(time);
        nanos.advance(time);
    }

    private PointTrash trash() {
        return memories.trash(repository.config().id(), settings.care().forget().trash());
    }

    private Repository session() {
        return repository.session();
    }

    private SnapshotId backUp() throws Exception {
        pass(Duration.ofMinutes(10));
        Repository into = session();
        return new BackupRun(Engines.tools(into, wall), into, memory, Progress.NONE)
                .run(new BackupRun.Job(
                        "s",
                        source,
                        new SnapshotSource.Request("s", "tank/s", RawPath.ofDisplay("/tank/s")),
                        ExcludeRules.none(),
                        "run"))
                .snapshot();
    }

    private void prune() throws Exception {
        for (int i = 0; i < 2; i++) { // what the first drops the second deletes
            Repository into = session();
            ForgottenPoints spared = new ForgottenPoints(settings, into, memories, false, Progress.NONE);
            new PruneRun(into, OPTIONS, waiting, spared, Progress.NONE).run(() -> false);
        }
    }

    private Optional<String> missing() throws Exception {
        Repository into = session();
        into.loadIndex(Progress.NONE);
        byte[] record = trash().list().get(0).stored();
        return into.missing(into.openRecord(first, record).tree());
    }

    @Test
    void sparedUntilItsTimeIsOverByTimeThatReallyPassed() throws Exception {
        wall.advance(Duration.ofDays(4000)); // set forward: nothing is over
        prune();
        assertThat(missing()).isEmpty();
        wall.advance(Duration.ofDays(-4000));
        pass(Duration.ofDays(6));
        prune();
        assertThat(missing()).isEmpty();
        byte[] record = trash().list().get(0).stored();
        Repository into = session();
        try (RepositoryLock lock = into.lockToAdd()) {
            into.putBack(first, record, lock);
        }
        assertThat(new CheckRun(session(), Progress.NONE).run(true).damages()).isZero();
    }

    @Test
    void afterItsTimeItLeavesTheTrashAndPruneTakesWhatOnlyItNeeded() throws Exception {
        byte[] record = trash().list().get(0).stored();
        pass(Duration.ofDays(7).plusSeconds(1));
        Repository into = session();
        ForgottenPoints dry = new ForgottenPoints(settings, into, memories, true, Progress.NONE);
        new PruneRun(into, OPTIONS, waiting, dry, Progress.NONE).plan();
        assertThat(trash().list()).as("a dry run changes nothing").hasSize(1);
        prune();
        assertThat(trash().list()).isEmpty();
        Repository after = session();
        after.loadIndex(Progress.NONE);
        assertThat(after.missing(after.openRecord(first, record).tree())).isPresent();
        assertThat(new CheckRun(session(), Progress.NONE)
                        .run(true).findings().stream()
                                .filter(finding -> !finding.toString().contains("in no index"))
                                .toList())
                .isEqualTo(List.of());
    }
}
