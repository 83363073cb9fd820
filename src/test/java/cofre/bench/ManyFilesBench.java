package cofre.bench;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.DetectionRules;
import cofre.backup.ExcludeRules;
import cofre.backup.LastRun;
import cofre.backup.Tracking;
import cofre.change.CatalogueHome;
import cofre.change.CatalogueStore;
import cofre.format.PackId;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import cofre.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run over very many files costs: {@code ManyFilesBench DIRECTORY FILES CHANGED}. The files exist nowhere ({@link
 * ManyFiles}), repository, catalogue and engine are real. First a walk, then a run of what changed, then one of nothing.
 */
public final class ManyFilesBench {
    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(BEGIN.toString());
    private final Path directory;
    private final ManyFiles source;
    private Optional<LastRun> last = Optional.empty();

    private ManyFilesBench(Path directory, ManyFiles source) {
        this.directory = directory;
        this.source = source;
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        ManyFiles files = new ManyFiles(Long.parseLong(args[1]), Long.parseLong(args[2]), BEGIN);
        new ManyFilesBench(Path.of(args[0]), files).run();
    }

    private void run() throws Exception {
        try (Repository repository = new Repositories(Engines.engine(clock))
                .init(new LocalBackend(directory.resolve("repository"), clock), Engines.password())) {
            for (int i = 0; i < 3; i++) {
                one(repository);
            }
        }
    }

    private void one(Repository repository) throws Exception {
        long begin = System.nanoTime();
        source.looks.set(0);
        Repository session = repository.session();
        CatalogueHome home = new CatalogueHome(new CatalogueStore(), directory.resolve("catalogue"));
        DetectionRules rules = new DetectionRules(DetectionRules.Wanted.CHEAPEST, Duration.ofDays(7), 28);
        SnapshotSource.Request request = new SnapshotSource.Request("many", "many", RawPath.ofDisplay("/many"));
        BackupReport report = new BackupRun(Engines.tools(session, clock), session, new Memory(), Progress.NONE)
                .run(new BackupRun.Job(
                        "many",
                        source,
                        request,
                        ExcludeRules.none(),
                        "bench",
                        Optional.of(new Tracking(source, home, last, rules))));
        clock.advance(Duration.ofHours(1));
        System.out.printf(
                "%-8s %8.2f s, %d files in the point, %d changed or new, %d looks, %d directories visited, %s%n",
                report.detection().method().text(),
                (System.nanoTime() - begin) / 1e9,
                report.summary().totalFilesProcessed(),
                report.summary().filesNew() + report.summary().filesChanged(),
                source.looks.get(),
                report.dirsVisited(),
                peak());
    }

    /** The process's largest resident size so far. */
    private static String peak() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                return "peak so far " + line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "peak not known here";
    }

    private final class Memory implements BackupRun.Memory {
        private final List<PackId> begun = new ArrayList<>();

        @Override
        public List<PackId> packsBegun() {
            return List.of();
        }

        @Override
        public synchronized void packBegun(PackId pack) {
            begun.add(pack);
        }

        @Override
        public void committed(String share, LastRun run, Frozen view) {
            last = Optional.of(run);
        }
    }
}
