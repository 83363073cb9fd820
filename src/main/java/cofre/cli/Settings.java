package cofre.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every command has, before or after its name. */
final class Settings {
    static final Path DEFAULT_SOCKET = Path.of("/var/run/cofre/cofred.sock");

    @Option(names = "--config", paramLabel = "FILE", scope = ScopeType.INHERIT)
    private Path config;

    @Option(names = "--socket", paramLabel = "PATH", scope = ScopeType.INHERIT)
    private Path socket;

    @Option(names = "--json", scope = ScopeType.INHERIT)
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT)
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable") // picocli itself acts upon it
    private boolean help;

    private final Path defaultConfig;

    Settings(Path defaultConfig) {
        this.defaultConfig = defaultConfig;
    }

    Path config() {
        return config == null ? defaultConfig : config;
    }

    /** Where the daemon listens: as said, as the configuration says where we may read it, or where it does by default. */
    Path socket(Launchers launchers) {
        if (socket != null) {
            return socket;
        }
        if (config == null && !Files.isReadable(defaultConfig)) {
            return DEFAULT_SOCKET;
        }
        return launchers.socketOf(config()).orElse(DEFAULT_SOCKET);
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
