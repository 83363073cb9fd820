package cofre.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The table {@code [daemon]}.
 *
 * @param stateDir the daemon's memory and locks, for its eyes only
 * @param previousDir where the farms of the shares are, readable by Samba's users
 * @param socket the control socket
 * @param socketGroup the group that may use the socket besides root; empty: nobody
 * @param zfs absolute path of {@code zfs(8)}; empty: where the system keeps it
 * @param logLevel how much is logged
 * @param cacheSize bytes of repository metadata kept below the state directory
 * @param versionsCache bytes of directories of restore points kept there for previous versions
 * @param scheduleJitter the longest delay after a due time
 * @param versionsRefresh how often repositories are asked for restore points that others made or removed
 */
public record DaemonSettings(
        Path stateDir,
        Path previousDir,
        Path socket,
        Optional<String> socketGroup,
        Optional<Path> zfs,
        LogLevel logLevel,
        long cacheSize,
        long versionsCache,
        Duration scheduleJitter,
        Duration versionsRefresh) {
    /** How much is logged. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
