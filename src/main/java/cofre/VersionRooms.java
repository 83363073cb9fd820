package cofre;

import cofre.browse.BrowseLimits;
import cofre.browse.Version;
import cofre.browse.VersionTools;
import cofre.browse.Versions;
import cofre.command.ShownShares;
import cofre.config.CofreConfig;
import cofre.config.DaemonSettings;
import cofre.config.PreviousVersions;
import cofre.config.ShareSettings;
import cofre.fuse.AccessMode;
import cofre.fuse.FuseServer;
import cofre.fuse.FuseSettings;
import cofre.fuse.MountException;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.posix.XattrNaming;
import cofre.progress.Ticker;
import cofre.versions.Shelf;
import cofre.versions.ShownShare;
import cofre.versions.VersionService;
import cofre.walk.LiveRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that show what is in repositories: trees of versions, their mount, and which versions there are. The mount is there
 * while the configuration wants it; one that fails or is taken away is tried again.
 */
final class VersionRooms implements AutoCloseable {
    /** Beside the farms, where Samba's users can get to; no share has such a name. */
    static final String MOUNT = ".points";

    private static final Logger LOG = LoggerFactory.getLogger(VersionRooms.class);
    /** Below the mount's own for reads: one that waits in vain gives its thread back before it is given up. */
    private static final Duration CONTENT = Duration.ofSeconds(15);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final Supplier<CofreConfig> config;
    private final Posix posix;
    private final Path mountPoint;
    private final Duration refresh;
    private final Versions versions;
    private final VersionService service;
    private Optional<FuseServer> mount = Optional.empty();
    private AccessMode access = AccessMode.KERNEL;
    private volatile Optional<String> unmounted = Optional.of("the versions in repositories are not mounted yet");
    private long lastTry;
    private String lastFailure = "";
    private boolean isClosed;

    VersionRooms(Supplier<CofreConfig> config, DaemonHost host, ShownShares shares) {
        DaemonSettings settings = config.get().daemon();
        this.config = config;
        this.posix = host.posix();
        this.mountPoint = settings.previousDir().resolve(MOUNT);
        this.refresh = settings.versionsRefresh();
        this.versions = new Versions(new VersionTools(
                shares::open,
                settings.stateDir().resolve("versions"),
                limits(settings.versionsCache()),
                VersionRooms::spelling,
                new LiveRights(posix, shares::liveRoot),
                (share, version) -> ready(share),
                Ticker.SYSTEM));
        this.service = new VersionService(shares, new Mounted(), posix.xattrNaming() == XattrNaming.LINUX);
    }

    private static BrowseLimits limits(long disk) {
        BrowseLimits standard = BrowseLimits.standard();
        return new BrowseLimits(
                standard.metadata(),
                CONTENT,
                standard.pause(),
                standard.retry(),
                standard.indexIdle(),
                standard.treeMemory(),
                standard.blockMemory(),
                disk);
    }

    /** As this system spells an attribute that any system may have stored. */
    private static byte[] spelling(byte[] stored) {
        try {
            return XattrNaming.fromRepository(stored).bytes();
        } catch (IllegalArgumentException e) {
            return stored; // no file can have one of that name, so nobody will ask for it
        }
    }

    VersionService service() {
        return service;
    }

    private void ready(String share) {
        service.ready(share);
    }

    /** Mounts what is wanted, and shows what was known before the last stop. */
    void start() {
        keepMounted();
        service.start(refresh);
    }

    /** To be called now and then: a mount that somebody took away comes back. */
    synchronized void tick() {
        boolean isGone = mount.isPresent() && !mount.get().isServing();
        boolean isMissing = mount.isEmpty() && isWanted();
        if ((isGone || isMissing) && Ticker.SYSTEM.nanos() - lastTry > TRY_AGAIN.toNanos()) {
            keepMounted();
            service.reconfigured();
        }
    }

    /** The configuration is another one. */
    void reconfigured() {
        keepMounted();
        service.reconfigured();
    }

    private synchronized void keepMounted() {
        lastTry = Ticker.SYSTEM.nanos();
        AccessMode wanted = wantedAccess();
        boolean isRight = mount.isPresent() && mount.get().isServing() && access == wanted && isWanted();
        if (isRight || isClosed) {
            return;
        }
        mount.ifPresent(FuseServer::close);
        mount = Optional.empty();
        unmounted = Optional.of("cannot show restore points of repositories: nothing is mounted vs a mount at "
                + mountPoint + "; restart cofred, and see its log");
        if (isWanted()) {
            mount(wanted);
        }
    }

    private void mount(AccessMode wanted) {
        try {
            OwnDirectories.makeOpen(mountPoint.getParent());
            byte[] path = mountPoint.toString().getBytes(StandardCharsets.UTF_8);
            mount = Optional.of(FuseServer.start(posix, path, versions, FuseSettings.defaults(wanted), Ticker.SYSTEM));
            access = wanted;
            unmounted = Optional.empty();
            lastFailure = "";
        } catch (MountException | IOException e) {
            unmounted = Optional.of(e.getMessage());
            if (!lastFailure.equals(e.getMessage())) { // it is tried again and again: told once
                LOG.warn("event=versions_not_mounted cause=\"{}\"", e.getMessage());
            }
            lastFailure = e.getMessage();
        }
    }

    private boolean isWanted() {
        return config.get().shares().values().stream()
                .map(ShareSettings::previousVersions)
                .anyMatch(PreviousVersions::showsRepository);
    }

    /** The kernel decides where it can; rights of now besides those of then are more than any kernel knows. */
    private AccessMode wantedAccess() {
        boolean both = config.get().shares().values().stream()
                .map(ShareSettings::previousVersions)
                .anyMatch(v -> v.showsRepository() && v.access() == PreviousVersions.Access.BOTH);
        return both || posix.fuse().asksForEachComponent() ? AccessMode.DAEMON : AccessMode.KERNEL;
    }

    /** Why nothing of repositories can be looked at; empty when it can. */
    Optional<String> unmounted() {
        return unmounted;
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            mount.ifPresent(FuseServer::close);
            mount = Optional.empty();
        }
        service.close();
        versions.close();
    }

    /** What is shown of versions stands below the mount, if there is one. */
    private final class Mounted implements Shelf {
        @Override
        public void show(ShownShare share, List<Version> shown) {
            versions.show(share.name(), shown, share.group());
        }

        @Override
        public void hide(String share) {
            versions.hide(share);
        }

        @Override
        public boolean isOpen() {
            return unmounted.isEmpty();
        }

        @Override
        public boolean isReady(String share, Version version) {
            return versions.isReady(share, version.name());
        }

        @Override
        public RawPath place(String share, Version version) {
            return RawPath.of(mountPoint.toString().getBytes(StandardCharsets.UTF_8))
                    .resolve(RawName.ofText(share))
                    .resolve(version.name());
        }
    }
}
