package cofre;

import cofre.backup.BackupRun;
import cofre.backup.Origin;
import cofre.command.Commands;
import cofre.command.Memories;
import cofre.command.OpenRepositories;
import cofre.command.ShareUpkeep;
import cofre.command.Sources;
import cofre.config.CofreConfig;
import cofre.config.ConfigException;
import cofre.config.ConfigFiles;
import cofre.config.DaemonSettings;
import cofre.config.ShareSettings;
import cofre.control.AccessRule;
import cofre.control.ControlLimits;
import cofre.control.ControlServer;
import cofre.control.Exit;
import cofre.control.PosixControlListener;
import cofre.daemon.JobHistory;
import cofre.daemon.Jobs;
import cofre.daemon.PidFile;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.SelfTest;
import cofre.previous.PreviousException;
import cofre.previous.Testparm;
import cofre.previous.TestparmCommand;
import cofre.progress.Ticker;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.repository.lock.LockRules;
import cofre.seal.TagFunction;
import cofre.shim.HotLoops;
import cofre.shim.Poly1305;
import cofre.source.SourceException;
import cofre.target.DirectoryTarget;
import cofre.walk.DirectorySource;
import cofre.walk.PosixTree;
import cofre.zfs.Datasets;
import cofre.zfs.OwnSnapshots;
import cofre.zfs.ZfsCommand;
import cofre.zfs.ZfsRunner;
import cofre.zfs.ZfsSource;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon from start to stop: wires every room it needs with {@code new}, then waits for the signal to stop. */
final class DaemonProgram {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonProgram.class);

    /** zfs(8) on a busy pool is slow; a suspended pool never answers. */
    private static final Duration ZFS_DEADLINE = Duration.ofMinutes(5);

    private static final Duration TESTPARM_DEADLINE = Duration.ofSeconds(30);
    private static final int JOBS_REMEMBERED = 200;
    private static final int JOBS_AT_ONCE = 3;
    private static final long LOCK_SETTLE_MILLIS = 200;
    private static final int RUN_ID_BYTES = 4;
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path configFile;
    private final PrintStream err;
    private final Map<String, String> facts;
    private final HotLoops loops;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final Posix posix = Posix.load(System::nanoTime);
    private final AtomicReference<CofreConfig> config = new AtomicReference<>();

    DaemonProgram(Path configFile, PrintStream err, Map<String, String> facts, HotLoops loops) {
        this.configFile = configFile;
        this.err = err;
        this.facts = facts;
        this.loops = loops;
    }

    /** Runs until it is told to stop; gives the exit status. */
    int run() {
        try {
            config.set(load());
            DaemonSettings settings = config.get().daemon();
            Logging.level(settings.logLevel());
            posix.process().umask(0077);
            posix.process().disableCoreDumps();
            posix.process().raiseOpenFiles();
            OwnDirectories.makePrivate(settings.stateDir());
            try (PidFile held = PidFile.take(
                    settings.stateDir().resolve("cofred.pid"), posix.process().pid())) {
                selfTest(settings.stateDir());
                serve(settings);
                LOG.info("event=stopped pidfile={}", held);
                return Exit.OK;
            }
        } catch (ConfigException e) {
            e.faults().forEach(fault -> err.println(fault));
            return Exit.FAILED;
        } catch (PidFile.Held e) {
            err.println(e.getMessage());
            return Exit.FAILED;
        } catch (IOException e) {
            err.println("cannot run the daemon: " + e.getMessage());
            return Exit.FAILED;
        }
    }

    private CofreConfig load() throws ConfigException {
        return new ConfigFiles(Math.toIntExact(posix.process().uid())).load(configFile);
    }

    /** The layouts of structures are written down here by hand: a system that has others must not be backed up wrongly. */
    private void selfTest(Path stateDir) throws IOException {
        try (Fd dir =
                posix.files().open(stateDir.toString().getBytes(StandardCharsets.UTF_8), OpenFlags.READ.directory())) {
            new SelfTest(posix).run(dir);
        }
    }

    private void serve(DaemonSettings settings) throws IOException {
        Memories memories = new Memories(settings.stateDir());
        Sources sources = sources(settings);
        ShareUpkeep upkeep = new ShareUpkeep(sources, memories, posix);
        HostStores stores =
                new HostStores(settings.stateDir().resolve("cache"), settings.cacheSize(), tags(), holder(), clock);
        CountDownLatch stop = new CountDownLatch(1);
        JobHistory history = JobHistory.open(settings.stateDir().resolve("jobs.json"), JOBS_REMEMBERED);
        try (OpenRepositories repositories = new OpenRepositories(config::get, stores);
                Jobs jobs = new Jobs(history, clock, Ticker.SYSTEM, JOBS_AT_ONCE);
                ControlServer control = control(
                        settings,
                        new Commands.Parts(
                                config::get,
                                repositories,
                                sources,
                                memories,
                                upkeep,
                                jobs,
                                this::tools,
                                this::runId,
                                path -> new DirectoryTarget(posix, path, random::nextLong),
                                DaemonProgram::testparm,
                                threads(),
                                facts))) {
            Signals.on("TERM", stop::countDown);
            Signals.on("INT", stop::countDown);
            Signals.on("HUP", this::reload);
            keepUpAll(upkeep);
            control.start();
            LOG.info(
                    "event=started socket={} shares={}",
                    settings.socket(),
                    config.get().shares().size());
            while (!stop.await(1, TimeUnit.SECONDS)) {
                jobs.tick();
            }
            LOG.info("event=stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ControlServer control(DaemonSettings settings, Commands.Parts parts) throws IOException {
        OptionalLong group = group(settings);
        OwnDirectories.makeOpen(settings.socket().getParent());
        return new ControlServer(
                PosixControlListener.listen(posix.sockets(), settings.socket(), group),
                AccessRule.of(
                        posix.process().uid(),
                        group,
                        uid -> group.isPresent()
                                && posix.accounts().groupsOf(uid).contains(group.getAsLong())),
                Commands.all(parts),
                ControlLimits.STANDARD);
    }

    private OptionalLong group(DaemonSettings settings) throws IOException {
        if (settings.socketGroup().isEmpty()) {
            return OptionalLong.empty();
        }
        String name = settings.socketGroup().get();
        OptionalLong group = posix.accounts().groupId(name);
        if (group.isEmpty()) {
            throw new IOException("no group " + name + " on this host vs the socket_group of the configuration");
        }
        return group;
    }

    private Sources sources(DaemonSettings settings) {
        Path zfs = settings.zfs().or(ZfsCommand::find).orElse(Path.of("/sbin/zfs"));
        ZfsRunner runner = new ZfsCommand(zfs);
        PosixTree opener = new PosixTree(posix);
        return new Sources(
                new ZfsSource(runner, opener, clock, DaemonProgram::pause, ZFS_DEADLINE),
                new OwnSnapshots(runner, ZFS_DEADLINE),
                new Datasets(runner, ZFS_DEADLINE),
                new DirectorySource(opener, clock));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Testparm> testparm() {
        return TestparmCommand.find().map(program -> new TestparmCommand(program, Optional.empty(), TESTPARM_DEADLINE));
    }

    private TagFunction tags() {
        ThreadLocal<Poly1305> own =
                ThreadLocal.withInitial(() -> loops.poly1305s().get());
        return (key, in, offset, length, out, at) -> own.get().tag(key, in, offset, length, out, at);
    }

    private RepositoryLock.Holder holder() {
        LockRules rules = new LockRules(hostname(), pid -> ProcessHandle.of(pid).isPresent());
        return new RepositoryLock.Holder(
                posix.accounts().userName(posix.process().uid()).orElse(""),
                posix.process().pid(),
                posix.process().uid(),
                posix.process().gid(),
                rules,
                clock,
                System::nanoTime,
                LOCK_SETTLE_MILLIS);
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private BackupRun.Tools tools(Repository repository) {
        return new BackupRun.Tools(
                () -> loops.chunker(repository.polynomial()),
                new HostOwners(posix.accounts()),
                new Origin(
                        hostname(),
                        posix.accounts().userName(posix.process().uid()).orElse(""),
                        posix.process().uid(),
                        posix.process().gid(),
                        "cofre " + facts.getOrDefault("cofre", "")),
                clock,
                threads());
    }

    private static int threads() {
        return Math.min(BackupRun.MAX_THREADS, Runtime.getRuntime().availableProcessors());
    }

    private String runId() {
        byte[] suffix = new byte[RUN_ID_BYTES];
        random.nextBytes(suffix);
        return RUN_ID.format(Instant.now(clock)) + "-" + HexFormat.of().formatHex(suffix);
    }

    /** What a killed daemon left behind is put in order before anybody can ask for anything. */
    private void keepUpAll(ShareUpkeep upkeep) {
        for (ShareSettings share : config.get().shares().values()) {
            try {
                upkeep.atStart(share);
            } catch (SourceException | PreviousException e) {
                LOG.warn("event=upkeep_failed share={} cause=\"{}\"", share.name(), e.getMessage());
            }
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
