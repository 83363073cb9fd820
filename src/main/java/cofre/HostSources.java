package cofre;

import cofre.command.Sources;
import cofre.config.DaemonSettings;
import cofre.posix.Posix;
import cofre.source.SourceException;
import cofre.walk.DirectorySource;
import cofre.walk.PosixTree;
import cofre.zfs.Datasets;
import cofre.zfs.NeededViews;
import cofre.zfs.OwnSnapshots;
import cofre.zfs.ZfsChanges;
import cofre.zfs.ZfsCommand;
import cofre.zfs.ZfsRunner;
import cofre.zfs.ZfsSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources of this machine: its datasets and its directories. */
final class HostSources {
    /** zfs(8) on a busy pool is slow; a suspended pool never answers. */
    private static final Duration ZFS_DEADLINE = Duration.ofMinutes(5);

    /** A day's changes of a large server, read from slow disks. */
    private static final Duration CHANGES_DEADLINE = Duration.ofHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(HostSources.class);

    private HostSources() {}

    static Sources of(DaemonSettings settings, Posix posix, Clock clock, NeededViews needed) {
        Path zfs = settings.zfs().or(ZfsCommand::find).orElse(Path.of("/sbin/zfs"));
        ZfsRunner runner = new ZfsCommand(zfs);
        PosixTree opener = new PosixTree(posix);
        return new Sources(
                new ZfsSource(runner, opener, clock, HostSources::pause, ZFS_DEADLINE, needed, HostSources::noBookmark),
                new OwnSnapshots(runner, ZFS_DEADLINE),
                new Datasets(runner, ZFS_DEADLINE),
                new ZfsChanges(runner, ZFS_DEADLINE, CHANGES_DEADLINE),
                new DirectorySource(opener, clock));
    }

    private static void noBookmark(SourceException why) {
        LOG.warn("event=no_bookmark why=\"{}\"", why.getMessage());
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
