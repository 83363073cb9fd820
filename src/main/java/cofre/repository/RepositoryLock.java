package cofre.repository;

import cofre.format.LockFile;
import cofre.repository.lock.LockRules;
import cofre.repository.lock.LockStore;
import cofre.repository.lock.LockWatch;
import cofre.storage.BackendException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock held on a repository. It refreshes itself until it is closed; whoever writes asks {@link #ensureValid} before
 * each step that matters. Thread-safe.
 */
public final class RepositoryLock implements AutoCloseable {
    /**
     * Who locks, and by which clocks.
     *
     * @param username the holder's user
     * @param pid its process
     * @param uid its user's number
     * @param gid its group's number
     * @param rules restic's rules on this host
     * @param clock wall time, which lock files carry
     * @param nanoTime monotonic time
     * @param settleMillis how long to wait before looking whether somebody else locked at the same moment
     * @param watch how old locks of others are when the wall clock was set
     */
    public record Holder(
            String username,
            long pid,
            long uid,
            long gid,
            LockRules rules,
            Clock clock,
            LongSupplier nanoTime,
            long settleMillis,
            LockWatch watch) {
        /** One that watches from now on. */
        public Holder(
                String username,
                long pid,
                long uid,
                long gid,
                LockRules rules,
                Clock clock,
                LongSupplier nanoTime,
                long settleMillis) {
            this(username, pid, uid, gid, rules, clock, nanoTime, settleMillis, new LockWatch(clock, nanoTime));
        }

        /**
         * Whether the lock no longer counts. After this host's clock was set forward every lock looks old: then only one
         * that was not refreshed before our eyes does not count.
         */
        boolean isStale(String name, LockFile lock, Duration after) {
            boolean unchanged = watch.isUnchangedFor(name, after);
            boolean old = rules.isStale(lock, clock.instant(), after);
            return unchanged || (old && watch.setForward().isZero());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryLock.class);

    /** How often whoever adds looks again, a settling time between: some ten seconds, thrice what a prune takes at once. */
    private static final int LOOKS = 50;

    private final LockStore store;
    private final Holder holder;
    private final boolean exclusive;
    private final ScheduledExecutorService refresher;
    private volatile Future<?> refreshing;
    private String name; // guarded by this, as are all below
    private long refreshedNanos;
    private Instant refreshedAt;
    private final Set<String> leftovers = new LinkedHashSet<>(); // our lock files that are still to be removed
    private boolean lost;
    private boolean closed;

    private RepositoryLock(LockStore store, Holder holder, boolean exclusive) throws BackendException {
        this.store = store;
        this.holder = holder;
        this.exclusive = exclusive;
        this.refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cofre-lock");
            thread.setDaemon(true);
            return thread;
        });
        this.refreshedAt = holder.clock().instant();
        this.refreshedNanos = holder.nanoTime().getAsLong();
        this.name = store.write(lockFile(refreshedAt));
    }

    /**
     * Takes a lock: writes it, waits a moment, then looks whether anybody holds one that excludes it.
     *
     * @throws RepositoryException.Locked when somebody does; our own lock is removed again
     */
    static RepositoryLock take(LockStore store, Holder holder, boolean exclusive)
            throws BackendException, RepositoryException, InterruptedException {
        // Cheap: most conflicts are seen without writing anything.
        refuseConflict(store, holder, exclusive, Set.of(), LockRules.STALE_AFTER);
        RepositoryLock lock = new RepositoryLock(store, holder, exclusive);
        try {
            Thread.sleep(holder.settleMillis());
            refuseConflict(store, holder, exclusive, Set.of(lock.name), LockRules.STALE_AFTER);
        } catch (BackendException | RepositoryException | InterruptedException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        lock.startRefreshing();
        return lock;
    }

    /**
     * A shared lock for whoever adds: one that holds an exclusive lock for moments only, as a prune does, is waited for.
     *
     * @throws RepositoryException.Locked when it is held for longer
     */
    static RepositoryLock takeToAdd(LockStore store, Holder holder)
            throws BackendException, RepositoryException, InterruptedException {
        for (int look = 1; ; look++) {
            try {
                return take(store, holder, false);
            } catch (RepositoryException.Locked e) {
                if (look >= LOOKS) {
                    throw e;
                }
                Thread.sleep(holder.settleMillis());
            }
        }
    }

    /**
     * An exclusive lock beside this shared one, so that there is no moment between in which somebody else could have
     * worked alone.
     *
     * @param believed for so long a lock of somebody else counts that is not refreshed: a sleeper may wake up
     * @throws RepositoryException.Locked when somebody else holds any lock; this one is kept
     */
    RepositoryLock alsoExclusive(Duration believed) throws BackendException, RepositoryException, InterruptedException {
        ensureValid();
        refuseOthers(Set.of(), believed);
        RepositoryLock second = new RepositoryLock(store, holder, true);
        try {
            Thread.sleep(holder.settleMillis());
            refuseOthers(Set.of(second.name), believed);
        } catch (BackendException | RepositoryException | InterruptedException | RuntimeException | Error e) {
            second.close();
            throw e;
        }
        second.startRefreshing();
        return second;
    }

    private synchronized void refuseOthers(Set<String> ours, Duration believed)
            throws BackendException, RepositoryException {
        Set<String> own = new LinkedHashSet<>(ours);
        own.add(name);
        own.addAll(leftovers);
        refuseConflict(store, holder, true, own, believed);
    }

    private void startRefreshing() {
        long every = LockRules.REFRESH_EVERY.toMillis();
        refreshing = refresher.scheduleWithFixedDelay(this::refreshIfDue, every, every / 5, TimeUnit.MILLISECONDS);
    }

    private static void refuseConflict(
            LockStore store, Holder holder, boolean exclusive, Set<String> own, Duration staleAfter)
            throws BackendException, RepositoryException {
        List<String> unreadable = new ArrayList<>();
        for (Map.Entry<String, LockFile> other : store.others(own, unreadable).entrySet()) {
            LockFile lock = other.getValue();
            if (holder.rules().isHolderDead(lock)) {
                LOG.info(
                        "lock removed id={} reason=\"its process {} of this host is gone\"",
                        other.getKey(),
                        lock.pid());
                store.remove(other.getKey());
            } else if (holder.isStale(other.getKey(), lock, staleAfter)) {
                LOG.warn("lock ignored id={} reason=\"not refreshed since {}\"", other.getKey(), lock.time());
            } else if (LockRules.conflict(exclusive, lock)) {
                throw new RepositoryException.Locked("cannot lock repository: "
                        + (lock.exclusive() ? "exclusive" : "shared")
                        + " lock of process " + lock.pid() + " on " + cofre.path.Display.text(utf8(lock.hostname()))
                        + " since " + lock.time().toInstant() + clockWasSet(holder)
                        + " vs none; nothing was changed; wait until it is done,"
                        + " or if that process is gone remove the lock with restic unlock");
            }
        }
        unreadable.forEach(id -> LOG.warn("lock ignored id={} reason=\"cannot be read\"", id));
    }

    private static String clockWasSet(Holder holder) {
        Duration ahead = holder.watch().setForward();
        return ahead.isZero()
                ? ""
                : " (this host's clock went " + ahead.toMinutes()
                        + " minutes forward at once, so its age is not known)";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private LockFile lockFile(Instant now) {
        return new LockFile(
                now.atZone(ZoneOffset.UTC),
                exclusive,
                holder.rules().hostname(),
                holder.username(),
                holder.pid(),
                holder.uid(),
                holder.gid());
    }

    /** What happens every few minutes: refreshes the lock when it is time; never throws. */
    void refreshIfDue() {
        try {
            if (sinceRefresh() >= LockRules.REFRESH_EVERY.toNanos()) {
                refresh();
            }
        } catch (BackendException | RuntimeException e) {
            LOG.warn("lock not refreshed reason=\"{}\"; next try in a minute", e.getMessage());
        } catch (RepositoryException e) {
            LOG.warn("lock lost reason=\"{}\"", e.getMessage());
        }
    }

    /**
     * Writes a new lock file, then removes the old one. The old one is looked for before and after: when somebody took it
     * away he believes us dead, and may be deleting what we rely on.
     */
    private synchronized void refresh() throws BackendException, RepositoryException {
        if (closed) {
            return;
        }
        refuseLost();
        Instant now = holder.clock().instant();
        long nanos = holder.nanoTime().getAsLong();
        String fresh = store.write(lockFile(now));
        String old = name;
        leftovers.add(fresh);
        refuseLost();
        leftovers.remove(fresh);
        name = fresh;
        refreshedAt = now;
        refreshedNanos = nanos;
        leftovers.add(old);
        removeLeftovers();
    }

    private void refuseLost() throws BackendException, RepositoryException {
        lost = lost || !store.exists(name);
        if (lost) {
            throw new RepositoryException.Locked("cannot go on: our lock " + name
                    + " was removed by somebody vs still held; the run ends here and can be started again");
        }
    }

    private void removeLeftovers() {
        for (String left : List.copyOf(leftovers)) {
            try {
                store.remove(left);
                leftovers.remove(left);
            } catch (BackendException e) {
                LOG.warn("lock not removed id={} reason=\"{}\"; it is tried again", left, e.getMessage());
            }
        }
    }

    /** By the monotonic or the wall clock, whichever says more: one stands still during suspend, the other may be set. */
    private synchronized long sinceRefresh() {
        long monotonic = holder.nanoTime().getAsLong() - refreshedNanos;
        long wall = TimeUnit.MILLISECONDS.toNanos(
                Duration.between(refreshedAt, holder.clock().instant())
                        .toMillis()); // a clock set centuries on: no overflow
        return Math.max(monotonic, wall);
    }

    /**
     * Makes sure that nobody can have thought us dead.
     *
     * @throws RepositoryException.Locked when the lock was lost or could not be refreshed in time: stop writing
     */
    public synchronized void ensureValid() throws BackendException, RepositoryException {
        if (lost) {
            refuseLost();
        }
        if (sinceRefresh() >= LockRules.VALID_FOR.toNanos()) {
            refresh();
        }
    }

    /** Gives the lock back. A lock file that cannot be removed now is stale soon and harmless. */
    @Override
    public void close() {
        if (refreshing != null) {
            refreshing.cancel(false);
        }
        refresher.shutdown();
        synchronized (this) {
            if (!closed) {
                closed = true; // a refresh that waits for us must not write another one
                leftovers.add(name);
                removeLeftovers();
            }
        }
    }
}
