package cofre;

import cofre.cli.Cli;
import cofre.cli.Terminal;
import cofre.command.Sources;
import cofre.config.CofreConfig;
import cofre.config.ConfigException;
import cofre.posix.Posix;
import cofre.progress.Ticker;
import cofre.seal.ScryptCost;
import cofre.shim.HotLoops;
import cofre.shim.Shim;
import cofre.zfs.NeededViews;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The whole daemon and the whole command line in the test's own process: what {@code bin/cofre} runs, but for signals, the
 * pid file and the log's level. They speak over a real socket below a directory of the test.
 */
public final class DaemonInProcess implements AutoCloseable {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    private final Path configFile;
    private final AtomicReference<CofreConfig> config = new AtomicReference<>();
    private final Function<NeededViews, Sources> sources;
    private final Clock clock;
    private DaemonRooms rooms;

    /** What one command came to. */
    public record Answer(int exit, String out, String err) {}

    /** Starts one below {@code dir} with this configuration, whose {@code [daemon]} section is added, and real sources. */
    public DaemonInProcess(Path dir, String... config) throws Exception {
        this(dir, null, config);
    }

    /** The same with sources made as told. */
    public DaemonInProcess(Path dir, Function<NeededViews, Sources> sources, String... config) throws Exception {
        this(dir, Clock.systemUTC(), sources, config);
    }

    /** The same by another clock. */
    public DaemonInProcess(Path dir, Clock clock, Function<NeededViews, Sources> sources, String... config)
            throws Exception {
        this.clock = clock;
        this.configFile = dir.resolve("cofre.toml");
        configure(config);
        this.sources = sources != null
                ? sources
                : needed -> HostSources.of(this.config.get().daemon(), POSIX, clock, needed);
        start();
    }

    /** Makes a file only its owner can read, as those with secrets must be. */
    public static Path secret(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Replaces the configuration, as SIGHUP does. */
    public void configure(String... lines) throws IOException, ConfigException {
        Path dir = configFile.getParent();
        Path state = Files.createDirectories(dir.resolve("state"));
        String daemon = "[daemon]\nstate_dir = \"" + state + "\"\nsocket = \"" + dir.resolve("run/s")
                + "\"\nprevious_dir = \"" + dir.resolve("previous") + "\"\n";
        secret(configFile, daemon + String.join("\n", lines) + "\n");
        config.set(Programs.configFiles(POSIX.process().uid()).load(configFile));
    }

    /** What SIGHUP does after the new configuration was read. */
    public void reconfigured() {
        rooms.reconfigured();
    }

    private void start() throws IOException {
        DaemonHost host = new DaemonHost(
                POSIX,
                HotLoops.of(new Shim.Absent("a test")),
                Map.of("cofre", "test"),
                ScryptCost.FLOOR,
                clock,
                new SecureRandom());
        rooms = new DaemonRooms(config::get, host, sources);
        rooms.start();
    }

    /** Stops it and starts another with what the first has left on disk. */
    public void restart() throws IOException {
        rooms.close();
        start();
    }

    /** Does one command as a person would type it. */
    public Answer run(String... args) {
        return command(new AtomicReference<>(() -> {}), args);
    }

    /** A command that goes on while the test does. */
    public Running begin(String... args) {
        AtomicReference<Runnable> interrupt = new AtomicReference<>(() -> {});
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> command(interrupt, args), task -> {
            Thread thread = new Thread(task, "command");
            thread.setDaemon(true);
            thread.start();
        });
        return new Running(interrupt, answer);
    }

    /** A command under way. */
    public record Running(AtomicReference<Runnable> interrupt, CompletableFuture<Answer> answer) {
        /** Presses Ctrl-C. */
        public void pressCtrlC() {
            interrupt.get().run();
        }
    }

    private Answer command(AtomicReference<Runnable> interrupt, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("--config", configFile.toString()));
        all.addAll(Arrays.asList(args));
        try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            Terminal terminal = new Terminal(toOut, toErr, false, 80, Ticker.SYSTEM, interrupt::set);
            int exit = new Cli(new Programs(toErr), terminal, configFile).run(all.toArray(String[]::new));
            return new Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        rooms.close();
    }
}
