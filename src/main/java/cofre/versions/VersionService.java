package cofre.versions;

import cofre.browse.Version;
import cofre.format.SnapshotId;
import cofre.previous.PreviousException;
import cofre.previous.PreviousVersion;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.repository.StoredSnapshot;
import cofre.state.ShownPoints;
import cofre.storage.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every share's time line true: after a start what was known, then what repositories list, after each run and every
 * now and then. A repository that does not answer changes nothing of what is shown. Thread-safe; all work that may wait is
 * done by one thread of its own.
 */
public final class VersionService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionService.class);

    /** Warnings about records that cannot be read go to the log. */
    private static final Progress UNREADABLE =
            Progress.ofMessages((level, text) -> LOG.warn("event=point_unreadable cause=\"{}\"", text));

    private static final long STOP_SECONDS = 2;

    private final VersionHost host;
    private final Shelf shelf;
    private final boolean listsInAttributes;
    private final ScheduledExecutorService worker;
    private final Map<String, ShareLine> lines = new ConcurrentHashMap<>();
    private volatile Map<String, ShownShare> shares = Map.of();
    private volatile Optional<ScheduledFuture<?>> refreshing = Optional.empty();

    /** What is known of one share. Guarded by itself. */
    private static final class ShareLine {
        private Optional<List<PreviousVersion>> local = Optional.empty();
        private List<Version> remote = List.of();

        /** Those that were ready once: their links stay while the shelf looks whether they still are. */
        private Set<SnapshotId> made = Set.of();
    }

    /**
     * A service over these.
     *
     * @param listsInAttributes whether this system keeps access control lists in extended attributes, which restic keeps as
     *     well: then the rights in points of others are known too
     */
    public VersionService(VersionHost host, Shelf shelf, boolean listsInAttributes) {
        this.host = host;
        this.shelf = shelf;
        this.listsInAttributes = listsInAttributes;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cofre-versions");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Shows what was known before the last stop, then asks the repositories, now and at this interval. */
    public void start(Duration interval) {
        look();
        shares.values().forEach(this::recall);
        refreshing = Optional.of(
                worker.scheduleWithFixedDelay(this::refreshAll, 0, interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A share's ZFS snapshots are these now. */
    public void local(String share, List<PreviousVersion> versions) throws PreviousException {
        ShareLine line = line(share);
        synchronized (line) {
            line.local = Optional.of(List.copyOf(versions));
            try {
                arrange(share, line);
            } catch (IOException e) {
                throw new PreviousException(
                        "cannot remember the versions of share " + share + ": " + e.getMessage()
                                + " vs a state directory that can be written; the farm is as it was; make room there",
                        e);
            }
        }
    }

    /** A repository has changed, by a run of ours. Returns at once. */
    public void changed(String repository) {
        worker.execute(() -> guarded("refresh of " + repository, () -> refresh(repository)));
    }

    /** All directories of another of a share's points are on local disk: it can be shown. Returns at once. */
    public void ready(String share) {
        worker.execute(() -> guarded("farm of " + share, () -> {
            ShareLine line = line(share);
            synchronized (line) {
                arrange(share, line);
            }
        }));
    }

    /** The configuration is another one. Returns at once. */
    public void reconfigured() {
        worker.execute(this::refreshAll);
    }

    /** Which shares there are costs calls of ZFS, so it is not asked for each time something is shown. */
    private void look() {
        shares = host.shares().stream().collect(Collectors.toUnmodifiableMap(ShownShare::name, share -> share));
    }

    private void refreshAll() {
        guarded("list of shares", this::look);
        for (String gone : lines.keySet()) {
            if (!shares.containsKey(gone)) {
                guarded("hiding of " + gone, () -> forget(gone));
            }
        }
        shares.values().stream()
                .map(ShownShare::repository)
                .distinct()
                .forEach(repository -> guarded("refresh of " + repository, () -> refresh(repository)));
    }

    /** It shows nothing of its repository any more. */
    private void forget(String share) throws PreviousException {
        ShareLine line = line(share);
        synchronized (line) {
            if (!line.remote.isEmpty()) {
                line.remote = List.of();
                shelf.hide(share);
                host.farm(share, line.local.orElse(List.of()));
            }
        }
    }

    private void recall(ShownShare share) {
        guarded("recalling of " + share.name(), () -> {
            List<ShownPoints.Point> known = host.remembered(share.name()).read(host.location(share.repository()));
            ShareLine line = line(share.name());
            synchronized (line) {
                line.remote = known.stream()
                        .map(point -> KnownVersion.of(point, share.repository()))
                        .toList();
                line.made = known.stream()
                        .filter(ShownPoints.Point::made)
                        .map(point -> SnapshotId.parse(point.point()))
                        .collect(Collectors.toUnmodifiableSet());
                arrange(share.name(), line);
            }
        });
    }

    private void refresh(String repository)
            throws BackendException, RepositoryException, IOException, InterruptedException, PreviousException {
        List<ShownShare> concerned = shares.values().stream()
                .filter(share -> share.repository().equals(repository))
                .toList();
        if (concerned.isEmpty()) {
            return;
        }
        Repository open = host.open(repository);
        List<StoredSnapshot> all = open.snapshots(UNREADABLE);
        for (ShownShare share : concerned) {
            List<Version> points = PointChoice.of(all, share).stream()
                    .map(candidate -> version(candidate, share))
                    .flatMap(Optional::stream)
                    .toList();
            listed(share, points);
        }
    }

    /** Ours carry the way to the share's root of then; in others it is looked for. */
    private Optional<Version> version(PointChoice.Candidate candidate, ShownShare share) {
        StoredSnapshot point = candidate.point();
        return Version.of(
                point.id(),
                point.snapshot(),
                candidate.isOwn() ? candidate.covered() : share.root(),
                RightsTag.of(point.snapshot(), listsInAttributes),
                share.repository());
    }

    private void listed(ShownShare share, List<Version> points) throws IOException, PreviousException {
        ShareLine line = line(share.name());
        synchronized (line) {
            if (!line.remote.equals(points)) {
                line.remote = List.copyOf(points);
                remember(share, line);
                LOG.info("event=points_listed share={} points={}", share.name(), points.size());
            }
            arrange(share.name(), line);
        }
    }

    private void remember(ShownShare share, ShareLine line) throws IOException {
        host.remembered(share.name())
                .write(
                        host.location(share.repository()),
                        line.remote.stream()
                                .map(version -> KnownVersion.toState(version, line.made.contains(version.id())))
                                .toList());
    }

    /**
     * Makes shelf and farm be what is known. The caller holds the line. While nobody has said which ZFS snapshots there are,
     * the farm stays as it is: what is not known must not take links away.
     */
    private void arrange(String name, ShareLine line) throws PreviousException, IOException {
        ShownShare share = shares.get(name);
        if (share == null) {
            host.farm(name, line.local.orElse(List.of()));
            return;
        }
        TimeLine shown = TimeLine.of(line.local.orElse(List.of()), line.remote, share.most());
        shelf.show(share, shown.remote());
        made(share, shown, line);
        if (line.local.isPresent() || share.guid().isEmpty()) {
            host.farm(
                    name,
                    shown.shown(
                            point -> shelf.isOpen() && line.made.contains(point.id()),
                            point -> shelf.place(name, point)));
        }
    }

    private void made(ShownShare share, TimeLine shown, ShareLine line) throws IOException {
        Set<SnapshotId> made = shown.remote().stream()
                .filter(point -> shelf.isReady(share.name(), point) || line.made.contains(point.id()))
                .map(Version::id)
                .collect(Collectors.toUnmodifiableSet());
        if (!made.equals(line.made)) {
            line.made = made;
            remember(share, line);
        }
    }

    private ShareLine line(String share) {
        return lines.computeIfAbsent(share, name -> new ShareLine());
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What fails changes nothing of what is shown, and is tried again at the next turn. */
    private static void guarded(String what, Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("event=versions_not_refreshed what=\"{}\" cause=\"{}\"", what, e.getMessage(), unexpected(e));
        }
    }

    /** A stack trace is for faults of ours only. */
    private static RuntimeException unexpected(Exception e) {
        return e instanceof RuntimeException ours ? ours : null;
    }

    @Override
    public void close() {
        refreshing.ifPresent(turns -> turns.cancel(true));
        worker.shutdownNow();
        try {
            worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
