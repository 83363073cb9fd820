package cofre;

import cofre.command.Commands;
import cofre.command.Farms;
import cofre.command.HeldViews;
import cofre.command.Memories;
import cofre.command.OpenRepositories;
import cofre.command.SambaFacts;
import cofre.command.ScheduledRuns;
import cofre.command.Scheduling;
import cofre.command.ShareUpkeep;
import cofre.command.ShownShares;
import cofre.command.Sources;
import cofre.command.Stores;
import cofre.config.CofreConfig;
import cofre.config.DaemonSettings;
import cofre.config.ShareSettings;
import cofre.control.AccessRule;
import cofre.control.ControlLimits;
import cofre.control.ControlServer;
import cofre.control.PosixControlListener;
import cofre.daemon.JobHistory;
import cofre.daemon.Jobs;
import cofre.posix.Posix;
import cofre.previous.PreviousException;
import cofre.previous.Testparm;
import cofre.previous.TestparmCommand;
import cofre.progress.Ticker;
import cofre.source.SourceException;
import cofre.state.ScheduleMemory;
import cofre.target.DirectoryTarget;
import cofre.zfs.NeededViews;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms of the daemon put together with {@code new}, answering on the control socket until it is closed. */
final class DaemonRooms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonRooms.class);

    private static final Duration TESTPARM_DEADLINE = Duration.ofSeconds(30);
    private static final int JOBS_REMEMBERED = 200;

    /** Each may hold an index of its own (60 bytes a blob), and a backup a few packs: more does not fit 512 MiB. */
    private static final int JOBS_AT_ONCE = 3;

    /** Somebody looks at a previous version: a store that hangs must not keep him, nor the threads that others need. */
    private static final Duration BROWSING = Duration.ofSeconds(10);

    private final Supplier<CofreConfig> config;
    private final DaemonHost host;
    private final ShareUpkeep upkeep;
    private final Farms farms;
    private final VersionRooms versions;
    private final OpenRepositories repositories;
    private final OpenRepositories browsed;
    private final Jobs jobs;
    private final ScheduledRuns scheduled;
    private final ControlServer control;

    /**
     * Listens, but answers nothing before {@link #start}.
     *
     * @param config the configuration, which may become another one; its daemon settings are read now only
     * @param sources makes the sources, given what must stay held
     * @throws IOException when somebody listens already, or the group of the socket is not there
     */
    DaemonRooms(Supplier<CofreConfig> config, DaemonHost host, Function<NeededViews, Sources> sources)
            throws IOException {
        this.config = config;
        this.host = host;
        DaemonSettings settings = config.get().daemon();
        Memories memories = new Memories(settings.stateDir(), host.clock(), Ticker.SYSTEM::nanos);
        HeldViews held = new HeldViews(config, memories);
        Sources live = sources.apply(held);
        Path cache = settings.stateDir().resolve("cache");
        Stores stores = new HostStores(cache, settings.cacheSize(), host.tags(), host.holder(), host.keyCost());
        this.repositories = new OpenRepositories(config, stores, memories);
        this.browsed = new OpenRepositories(() -> config.get().impatient(BROWSING), stores, memories);
        this.farms = new Farms(host.posix());
        this.versions = new VersionRooms(
                config, host, new ShownShares(config, live, browsed, memories, farms, DaemonHost.hostname()));
        this.upkeep = new ShareUpkeep(config, live, held, versions.service(), host.clock(), ZoneId.systemDefault());
        JobHistory history = JobHistory.open(settings.stateDir().resolve("jobs.json"), JOBS_REMEMBERED);
        this.jobs = new Jobs(history, host.clock(), Ticker.SYSTEM, JOBS_AT_ONCE);
        Commands.Parts parts = parts(live, memories, held);
        this.scheduled = new ScheduledRuns(parts);
        this.control = control(settings, parts);
    }

    private Commands.Parts parts(Sources live, Memories memories, HeldViews held) {
        Posix posix = host.posix();
        return new Commands.Parts(
                config,
                repositories,
                live,
                memories,
                held,
                upkeep,
                farms,
                jobs,
                scheduling(),
                host::tools,
                host::runId,
                path -> new DirectoryTarget(posix, path, host.random()::nextLong),
                new SambaFacts(DaemonRooms::testparm, HostFacts::fileDescriptors, versions::unmounted),
                DaemonHost.threads(),
                new Commands.Daemon(
                        posix.process().uid(),
                        posix.process().pid(),
                        host.clock().instant(),
                        host.facts()));
    }

    private Scheduling scheduling() {
        Path file = config.get().daemon().stateDir().resolve("schedules.json");
        Scheduling.Clocks clocks = new Scheduling.Clocks(host.clock(), Ticker.SYSTEM::nanos, ZoneId.systemDefault());
        return new Scheduling(config, new ScheduleMemory(file), clocks, DaemonHost.hostname());
    }

    private static Optional<Testparm> testparm() {
        return TestparmCommand.find().map(program -> new TestparmCommand(program, Optional.empty(), TESTPARM_DEADLINE));
    }

    private ControlServer control(DaemonSettings settings, Commands.Parts parts) throws IOException {
        Posix posix = host.posix();
        OptionalLong group = group(settings);
        Path directory = settings.socket().getParent(); // made by who listens, so that the group can get through
        if (directory.getParent() != null) {
            OwnDirectories.makeOpen(directory.getParent());
        }
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
        OptionalLong group = host.posix().accounts().groupId(name);
        if (group.isEmpty()) {
            throw new IOException("cannot let group " + name + " use the control socket: no such group on this host vs"
                    + " the socket_group of the configuration; the daemon was not started; make the group or change"
                    + " socket_group");
        }
        return group;
    }

    /** Puts in order what a killed daemon left behind, and only then answers. */
    void start() {
        versions.start();
        for (ShareSettings share : config.get().shares().values()) {
            try {
                upkeep.atStart(share);
            } catch (SourceException | PreviousException e) {
                LOG.warn("event=upkeep_failed share={} cause=\"{}\"", share.name(), e.getMessage());
            }
        }
        control.start();
        scheduled.start();
    }

    /** The configuration is another one now. */
    void reconfigured() {
        versions.reconfigured();
    }

    /** Tells callers how far their jobs have come: to be called about once a second. */
    void tick() {
        jobs.tick();
        versions.tick();
    }

    /** Takes no more requests, cancels all work and waits for it, at most the ten seconds a service manager is promised. */
    @Override
    public void close() {
        control.close();
        scheduled.close();
        jobs.close();
        versions.close();
        repositories.close();
        browsed.close();
    }
}
