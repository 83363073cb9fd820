package cofre.fuse;

import cofre.browse.VersionTree;
import cofre.posix.FuseDevice;
import cofre.posix.FuseSystem;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.progress.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tree of versions, mounted. {@link #start} mounts it and returns when it answers; {@link #close} ends the mount whoever
 * uses it. When this process dies the kernel answers everything there with ENOTCONN at once, and the next start clears it
 * away. Thread-safe.
 */
public final class FuseServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FuseServer.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final long WATCH_MILLIS = 100;

    private final MountPoint point;
    private final FuseDevice device;
    private final Session session;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("fuse-watchdog"));
    private final CompletableFuture<Handshake.Agreed> agreed;
    private boolean closed;

    private FuseServer(
            MountPoint point, FuseDevice device, Session session, CompletableFuture<Handshake.Agreed> agreed) {
        this.point = point;
        this.device = device;
        this.session = session;
        this.agreed = agreed;
    }

    /**
     * Mounts a tree. A mount left by a process of this program that died is cleared first.
     *
     * @param mountPoint absolute path of an empty directory; made when its parent is there
     * @param tree stays open and is not closed by this
     * @throws MountException when nothing could be mounted; nothing is left behind
     */
    public static FuseServer start(
            Posix posix, byte[] mountPoint, VersionTree tree, FuseSettings settings, Ticker ticker)
            throws MountException {
        FuseSystem system = posix.fuse();
        if (settings.access() == AccessMode.KERNEL && system.asksForEachComponent()) {
            throw new MountException.Unsupported(
                    "cannot leave rights to this kernel: it does not know the ACLs of files"
                            + " in FUSE; nothing was mounted; use " + AccessMode.DAEMON);
        }
        MountPoint point = new MountPoint(posix, mountPoint);
        point.prepare();
        FuseDevice device = open(system);
        CompletableFuture<Handshake.Agreed> agreed = new CompletableFuture<>();
        Session session = Session.of(new OpenDevice(device), system, tree, settings, ticker, agreed);
        FuseServer server = new FuseServer(point, device, session, agreed);
        server.begin(settings);
        return server;
    }

    private static FuseDevice open(FuseSystem system) throws MountException {
        try {
            return system.open();
        } catch (PosixException e) {
            throw new MountException.Refused(
                    "cannot open the FUSE device: " + e.getMessage()
                            + "; nothing was mounted; load the kernel's module (fuse, on FreeBSD fusefs) and run as root",
                    e);
        }
    }

    private void begin(FuseSettings settings) throws MountException {
        boolean kernel = settings.access() == AccessMode.KERNEL;
        try {
            point.mount(device, new FuseSystem.Options(kernel, Handshake.MAX_READ));
        } catch (MountException e) {
            device.close();
            watchdog.shutdownNow();
            throw e;
        }
        session.start();
        ScheduledFuture<?> unused =
                watchdog.scheduleWithFixedDelay(session::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        try {
            Handshake.Agreed result = awaitHandshake();
            if (kernel && !result.has(Handshake.POSIX_ACL)) {
                throw new MountException.Unsupported(
                        "cannot leave rights to this kernel: it has no POSIX ACLs for FUSE vs"
                                + " needed; nothing is mounted; use Linux 4.9 or later");
            }
            boolean ahead = point.readAhead(Handshake.MAX_READ);
            LOG.info(
                    "event=versions_mounted point={} access={} protocol=7.{} read_ahead={}",
                    point,
                    settings.access(),
                    result.minor(),
                    ahead);
        } catch (MountException e) {
            close();
            throw e;
        }
    }

    private Handshake.Agreed awaitHandshake() throws MountException {
        try {
            return agreed.get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MountException.Refused("cannot mount versions on " + point + ": interrupted; it was undone", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new MountException.Refused(
                    "cannot mount versions on " + point + ": no agreement with the kernel on a protocol within "
                            + HANDSHAKE.toSeconds() + " s; it was undone",
                    e);
        }
    }

    /** Whether the mount answers; false once closed, or when somebody unmounted it. */
    public boolean isServing() {
        return session.isServing();
    }

    /** How many entries the kernel remembers; see {@link FuseSettings#maxNodes}. */
    public int nodes() {
        return session.nodes.size();
    }

    /** Ends the mount, open files or not, and the threads; returns within about two seconds. Again does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (session.isServing()) {
            point.unmount();
        }
        boolean clean = session.stop(STOP);
        watchdog.shutdownNow();
        device.close();
        LOG.info("event=versions_unmounted point={} clean={}", point, clean);
    }
}
