package cofre;

import cofre.config.CofreConfig;
import cofre.config.ConfigException;
import cofre.config.DaemonSettings;
import cofre.control.Exit;
import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.PidLock;
import cofre.posix.Posix;
import cofre.posix.SelfTest;
import cofre.seal.ScryptCost;
import cofre.shim.HotLoops;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon as a process: protects itself, makes sure it is alone, runs until a signal says stop. */
final class DaemonProgram {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonProgram.class);
    private static final RawName PID_FILE = RawName.ofText("cofred.pid");
    private static final int PRIVATE_UMASK = 0077;

    private final Path configFile;
    private final PrintStream err;
    private final DaemonHost host;
    private final AtomicReference<CofreConfig> config = new AtomicReference<>();

    DaemonProgram(Path configFile, PrintStream err, Map<String, String> facts, HotLoops loops) {
        this.configFile = configFile;
        this.err = err;
        Posix posix = Posix.load(System::nanoTime);
        this.host = new DaemonHost(posix, loops, facts, ScryptCost.DEFAULT, Clock.systemUTC(), new SecureRandom());
    }

    /** Runs until it is told to stop; gives the exit status. */
    int run() {
        try {
            config.set(load());
            Logging.to(Programs.logKeeper(), "cofred", host::posix, err);
            DaemonSettings settings = config.get().daemon();
            Logging.level(settings.logLevel());
            protect();
            OwnDirectories.makePrivate(settings.stateDir());
            try (Fd stateDir = openDirectory(settings.stateDir())) {
                return alone(settings, stateDir);
            }
        } catch (ConfigException e) {
            e.faults().forEach(fault -> err.println(fault));
            return Exit.FAILED;
        } catch (IOException e) {
            err.println("cannot run the daemon: " + Sentences.of(e));
            return Exit.FAILED;
        }
    }

    private CofreConfig load() throws ConfigException {
        return Programs.configFiles(host.posix().process().uid()).load(configFile);
    }

    private void protect() throws IOException {
        host.posix().process().umask(PRIVATE_UMASK);
        host.posix().process().disableCoreDumps();
        host.posix().process().raiseOpenFiles();
    }

    private Fd openDirectory(Path directory) throws IOException {
        byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
        return host.posix().files().open(path, OpenFlags.READ.directory());
    }

    private int alone(DaemonSettings settings, Fd stateDir) throws IOException {
        Optional<PidLock> lock = PidLock.tryAcquire(host.posix(), stateDir, PID_FILE);
        if (lock.isEmpty()) {
            err.println("cannot start: another cofred (pid "
                    + PidLock.holder(host.posix(), stateDir, PID_FILE).orElse(0) + ") holds " + settings.stateDir()
                    + "/" + PID_FILE + " vs one daemon per state_dir; nothing was changed; stop that one first, or give"
                    + " this one another state_dir");
            return Exit.FAILED;
        }
        PidLock held = lock.get();
        try (held) {
            // The layouts of structures are written down by hand: a system that has others must not be backed up
            // wrongly.
            new SelfTest(host.posix()).run(stateDir);
            serve(settings);
            LOG.info("event=stopped");
            return Exit.OK;
        }
    }

    private void serve(DaemonSettings settings) throws IOException {
        CountDownLatch stop = new CountDownLatch(1);
        try (DaemonRooms rooms = new DaemonRooms(
                config::get, host, needed -> HostSources.of(settings, host.posix(), host.clock(), needed))) {
            Signals.on("TERM", stop::countDown);
            Signals.on("INT", stop::countDown);
            Signals.on("HUP", () -> {
                reload();
                rooms.reconfigured();
            });
            rooms.start();
            int shares = config.get().shares().size();
            LOG.info("event=started socket={} shares={}", settings.socket(), shares);
            while (!stop.await(1, TimeUnit.SECONDS)) {
                rooms.tick();
            }
            LOG.info("event=stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A configuration with faults changes nothing: the old one stays in force. */
    private void reload() {
        try {
            CofreConfig fresh = load();
            if (!fresh.daemon().equals(config.get().daemon())) {
                LOG.warn("event=reload note=\"[daemon] has changed: restart to use that\"");
            }
            config.set(fresh);
            LOG.info("event=reloaded shares={}", fresh.shares().size());
        } catch (ConfigException e) {
            e.faults().forEach(fault -> LOG.error("event=reload_refused fault=\"{}\"", fault));
        }
    }
}
