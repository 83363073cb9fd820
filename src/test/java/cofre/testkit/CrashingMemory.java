package cofre.testkit;

import cofre.backup.BackupRun;
import cofre.backup.LastRun;
import cofre.format.BadCopy;
import cofre.format.PackId;
import cofre.source.Frozen;
import java.util.List;
import java.util.Set;

/** What a host remembers, as a process that may die sees it. */
public final class CrashingMemory implements BackupRun.Memory {
    private final BackupRun.Memory inner;
    private final CrashPoint point;

    public CrashingMemory(BackupRun.Memory inner, CrashPoint point) {
        this.inner = inner;
        this.point = point;
    }

    @Override
    public List<PackId> packsBegun() {
        return point.<List<PackId>, RuntimeException>run("packs begun", inner::packsBegun);
    }

    @Override
    public void packBegun(PackId pack) {
        point.<Boolean, RuntimeException>run("pack begun", () -> {
            inner.packBegun(pack);
            return true;
        });
    }

    @Override
    public void committed(String share, LastRun run, Frozen view) {
        point.<Boolean, RuntimeException>run("committed", () -> {
            inner.committed(share, run, view);
            return true;
        });
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
        point.<Boolean, RuntimeException>run("gone over", () -> {
            inner.goneOver(share, copies);
            return true;
        });
    }
}
