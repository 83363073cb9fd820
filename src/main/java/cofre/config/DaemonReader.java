package cofre.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code [daemon]}. */
final class DaemonReader {
    /** sockaddr_un of FreeBSD holds 104 bytes with the NUL; Linux has 108. */
    private static final int MAX_SOCKET_PATH = 103;

    static final Path STATE_DIR = Path.of("/var/db/cofre/state");
    static final Path PREVIOUS_DIR = Path.of("/var/db/cofre/previous");
    static final Path SOCKET = Path.of("/var/run/cofre/cofred.sock");
    private static final long CACHE_SIZE = 1L << 30;
    private static final long MIN_CACHE = 16L << 20;
    private static final long MAX_CACHE = 1L << 40;

    /** Directories of half a million entries, as restic's trees and compressed, take about a tenth of this. */
    private static final long VERSIONS_CACHE = 2L << 30;

    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration MIN_REFRESH = Duration.ofSeconds(10);
    private static final Duration MAX_REFRESH = Duration.ofDays(1);

    private static final Duration MAX_JITTER = Duration.ofHours(1);

    private DaemonReader() {}

    static DaemonSettings read(Table table) {
        DaemonSettings settings = new DaemonSettings(
                table.file("state_dir").orElse(STATE_DIR),
                table.file("previous_dir").orElse(PREVIOUS_DIR),
                table.read("socket", "an absolute path of at most " + MAX_SOCKET_PATH + " bytes", DaemonReader::socket)
                        .orElse(SOCKET),
                table.read("socket_group", Names.GROUP, t -> Optional.of(t).filter(Names::isGroup)),
                table.file("zfs"),
                table.oneOf("log_level", DaemonSettings.LogLevel.class, DaemonSettings.LogLevel.INFO),
                table.size("cache_size", MIN_CACHE, MAX_CACHE, CACHE_SIZE),
                table.size("versions_cache", MIN_CACHE, MAX_CACHE, VERSIONS_CACHE),
                table.duration("schedule_jitter", Duration.ZERO, MAX_JITTER, Duration.ZERO),
                table.duration("versions_refresh", MIN_REFRESH, MAX_REFRESH, REFRESH));
        table.rejectOthers();
        if (settings.previousDir().startsWith(settings.stateDir())) {
            table.fault(
                    table.has("previous_dir") ? "previous_dir" : "state_dir",
                    Faults.quoted(settings.previousDir().toString()),
                    "a directory outside state_dir, which Samba's users cannot enter");
        }
        return settings;
    }

    private static Optional<Path> socket(String text) {
        return Table.absolute(text)
                .filter(p -> p.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH);
    }
}
