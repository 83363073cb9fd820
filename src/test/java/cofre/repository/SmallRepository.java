package cofre.repository;

import cofre.backup.BackupReport;
import cofre.backup.BackupRun;
import cofre.backup.ExcludeRules;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.source.SnapshotSource;
import cofre.storage.Backend;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.PointContents;
import cofre.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** A repository of a few kilobytes with one restore point, and what that holds. */
final class SmallRepository {
    final MemoryBackend store = MemoryBackend.ready();
    final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    final MemorySource source = new MemorySource(clock);
    final MemoryNode live = source.tree("tank/s");
    final Repository repository;
    final SortedMap<String, String> content;
    private final Backend ordered;

    SmallRepository() throws Exception {
        repository = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        ordered = OrderedStore.over(store, repository);
        live.file("a.txt", "hello");
        live.file("b.txt", "a longer text ".repeat(20));
        live.dir("d").file("c", "deep");
        live.dir("d").dir("e").symlink("l", "../c");
        backUp();
        content = PointContents.of(live, "/tank/s");
    }

    BackupReport backUp() throws Exception {
        Repository into = over(ordered);
        return new BackupRun(Engines.tools(into, clock), into, new Engines.HostMemory(), Progress.NONE)
                .run(new BackupRun.Job(
                        "s",
                        source,
                        new SnapshotSource.Request("s", "tank/s", RawPath.ofDisplay("/tank/s")),
                        ExcludeRules.none(),
                        "run"));
    }

    /** The same repository over another store. */
    Repository over(Backend other) {
        return Reopened.of(repository, other, Engines.engine(clock));
    }

    List<FileHandle> files(FileType type) {
        List<FileHandle> files = new ArrayList<>();
        store.list(type, file -> files.add(new FileHandle(type, file.name())));
        return files;
    }

    FileHandle only(FileType type) {
        return files(type).get(0);
    }

    byte[] bytes(FileHandle file) throws Exception {
        return store.get(file, Integer.MAX_VALUE);
    }

    /** Everything every restore point of the store holds; fails with the first thing that cannot be read. */
    List<SortedMap<String, String>> readAll(Repository from) throws Exception {
        List<SortedMap<String, String>> all = new ArrayList<>();
        List<FileHandle> snapshots = files(FileType.SNAPSHOTS);
        from.loadIndex(Progress.NONE);
        for (FileHandle file : snapshots) {
            all.add(PointContents.of(from.reader(), from.snapshot(cofre.format.SnapshotId.parse(file.name()))));
        }
        return all;
    }

    CheckRun.Report check() throws Exception {
        return new CheckRun(over(store), Progress.NONE).run(true);
    }
}
