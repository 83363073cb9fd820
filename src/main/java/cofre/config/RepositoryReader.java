package cofre.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a table {@code [repository.NAME]}. */
final class RepositoryReader {
    private static final long PACK_SIZE = 16L << 20;
    private static final long MIN_PACK = 4L << 20;
    private static final long MAX_PACK = 128L << 20;
    /** restic's default for REST. */
    private static final int CONNECTIONS = 5;

    private static final int MAX_CONNECTIONS = 64;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration RETRY_FOR = Duration.ofMinutes(15);

    private RepositoryReader() {}

    static RepositorySettings read(String name, Table table) {
        RepositoryLocation location = LocationReader.read(table);
        long packSize = table.size("pack_size", MIN_PACK, MAX_PACK, PACK_SIZE);
        RepositorySettings settings = new RepositorySettings(
                name,
                location,
                password(table),
                tls(table, location),
                table.oneOf("compression", RepositorySettings.Compression.class, RepositorySettings.Compression.AUTO),
                packSize,
                table.number("connections", 1, MAX_CONNECTIONS, CONNECTIONS),
                table.duration("timeout", Duration.ofSeconds(5), Duration.ofHours(1), TIMEOUT),
                RepositorySettings.LONGEST,
                table.duration("retry_for", Duration.ZERO, Duration.ofHours(24), RETRY_FOR),
                CareReader.read(table, location),
                LimitsReader.read(table, packSize));
        table.rejectOthers();
        return settings;
    }

    private static PasswordSource password(Table table) {
        Optional<Path> file = table.file("password_file");
        String expected = "a list: the absolute path of a program, then its arguments";
        List<String> argv = table.words("password_command", expected);
        boolean command = table.has("password_command");
        if (command && table.has("password_file")) {
            table.fault("password_command", "a second source", "password_file or password_command, not both");
        } else if (!command && !table.has("password_file")) {
            table.missing("password_file", "password_file or password_command");
        } else if (command && (argv.isEmpty() || !argv.get(0).startsWith("/"))) {
            table.fault("password_command", argv.isEmpty() ? "an empty list" : Faults.quoted(argv.get(0)), expected);
        }
        return command ? new PasswordSource.Command(argv) : new PasswordSource.File(file.orElse(Path.of("/")));
    }

    private static TlsFiles tls(Table table, RepositoryLocation location) {
        TlsFiles tls = new TlsFiles(table.file("ca_file"), table.file("client_cert"), table.file("client_key"));
        if (table.has("client_cert") != table.has("client_key")) {
            String missing = table.has("client_cert") ? "client_key" : "client_cert";
            table.missing(missing, "client_cert and client_key together");
        }
        boolean https = location instanceof RepositoryLocation.Rest rest
                && "https".equals(rest.base().getScheme());
        for (String key : List.of("ca_file", "client_cert", "client_key")) {
            if (!https && table.has(key)) {
                table.fault(key, "a file for https", "nothing, since url is not https");
            }
        }
        return tls;
    }
}
