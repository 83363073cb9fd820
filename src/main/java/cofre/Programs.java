package cofre;

import cofre.backup.ExcludeRules;
import cofre.cli.Launchers;
import cofre.cli.RestServerFlags;
import cofre.config.ConfigException;
import cofre.config.ConfigFault;
import cofre.config.ConfigFiles;
import cofre.config.ConfigReader;
import cofre.shim.HotLoops;
import cofre.shim.Shim;
import com.sun.security.auth.module.UnixSystem;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the command line can start in its own process. */
final class Programs implements Launchers {
    /** Reading TOML costs the command line a tenth of a second: only where the file says something about the socket. */
    private static final Pattern NAMES_SOCKET =
            Pattern.compile("(?m)^\\s*(?:daemon\\.)?socket\\s*=(?:\\s*\"([^\"\\\\]+)\")?");

    private final PrintStream err;

    Programs(PrintStream err) {
        this.err = err;
    }

    @Override
    public int daemon(Path config) {
        Shim shim = shim();
        return new DaemonProgram(config, err, facts(shim), HotLoops.of(shim)).run();
    }

    @Override
    public int restServer(RestServerFlags flags) {
        return new RestServerProgram(err).run(flags);
    }

    @Override
    public List<String> configFaults(Path config) {
        try {
            configFiles(new UnixSystem().getUid()).load(config);
            return List.of();
        } catch (ConfigException e) {
            return e.faults().stream().map(ConfigFault::toString).toList();
        }
    }

    /** What whoever started this process says of its log; see {@link Logging}. */
    static String logKeeper() {
        return Optional.ofNullable(System.getenv("COFRE_LOG")).orElse("stderr");
    }

    /** Reads configurations for a process of this user. */
    static ConfigFiles configFiles(long ownUid) {
        return new ConfigFiles(Math.toIntExact(ownUid), Programs::isPattern);
    }

    private static boolean isPattern(String text) {
        try {
            ExcludeRules.of(List.of(text));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Optional<Path> socketOf(Path config) {
        String text;
        try {
            text = Files.readString(config);
        } catch (IOException e) {
            return Optional.empty();
        }
        Matcher named = NAMES_SOCKET.matcher(text);
        if (!named.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ConfigReader.parse(text).daemon().socket());
        } catch (ConfigException e) {
            // The daemon that was started before the file got its faults still listens there.
            return Optional.ofNullable(named.group(1)).map(Path::of);
        }
    }

    /** The launcher asks isatty(3): from Java 22 on there is a console without a terminal, too. */
    @Override
    public Optional<char[]> typedUnseen(String prompt) {
        Console console = Boolean.getBoolean("cofre.typed") ? System.console() : null;
        return console == null ? Optional.empty() : Optional.ofNullable(console.readPassword("%s", prompt));
    }

    @Override
    public byte[] standardInput(int most) throws IOException {
        return System.in.readNBytes(most);
    }

    @Override
    public Map<String, String> versionFacts() {
        return facts(shim());
    }

    /** The launcher says where the native code would be; without it the Java twins do the same, slower. */
    private static Shim shim() {
        String place = System.getProperty("cofre.native", "");
        return place.isEmpty() ? new Shim.Absent("none beside the jar") : Shim.load(Path.of(place));
    }

    private static Map<String, String> facts(Shim shim) {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = Main.class.getPackage().getImplementationVersion();
        facts.put("cofre", version == null ? "(not from a jar)" : version);
        facts.put("java", System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
        facts.put("native", shim.description());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }
}
