package cofre.command;

import cofre.backup.BackupRun;
import cofre.backup.LastRun;
import cofre.config.RepositorySettings;
import cofre.format.BadCopy;
import cofre.format.PackId;
import cofre.progress.Progress;
import cofre.source.Frozen;
import cofre.state.KnownRepository;
import java.util.List;
import java.util.Set;

/** The memory of a run, which also lets the watch know of each restore point that is made, and in which series. */
record WatchedMemory(
        BackupRun.Memory inner, RepositoryWatch watch, RepositorySettings settings, String series, Progress progress)
        implements BackupRun.Memory {
    @Override
    public List<PackId> packsBegun() {
        return inner.packsBegun();
    }

    @Override
    public void packBegun(PackId pack) {
        inner.packBegun(pack);
    }

    @Override
    public Set<BadCopy> badCopies() {
        return inner.badCopies();
    }

    @Override
    public Set<BadCopy> badCopiesSince(String share) {
        return inner.badCopiesSince(share);
    }

    @Override
    public void goneOver(String share, Set<BadCopy> copies) {
        inner.goneOver(share, copies);
    }

    @Override
    public void committed(String share, LastRun run, Frozen view) {
        inner.committed(share, run, view);
        watch.added(settings, new KnownRepository.OwnPoint(run.point(), share, view.time(), series), progress);
    }
}
