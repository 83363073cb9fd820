package cofre.browse;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.progress.Progress;
import cofre.progress.Ticker;
import cofre.repository.BlobReader;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One repository that versions lie in: its key, its trees on local disk, and its index as long as it is used. The index is
 * one for all, loaded by whoever needs it first, and again when a blob is not where it says: others may have pruned.
 * Thread-safe.
 */
final class Archive implements AutoCloseable {
    /** Each kind of work has its own, and each repository: one that hangs holds up nobody else. */
    private static final int THREADS = 4;

    private static final int WAITING = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    /** What loading an index has to say goes to the log. */
    private static final Progress COMPLAINTS = Progress.ofMessages((level, text) -> LOG.warn("{}", text));

    private final String name;
    private final RepositoryAccess access;
    private final BrowseLimits limits;
    private final Ticker ticker;
    private final Path directory;
    private final Breaker breaker;
    private final ThreadPoolExecutor trees;
    private final ThreadPoolExecutor wanted;
    private final ThreadPoolExecutor ahead;
    private final ThreadPoolExecutor gathering;
    private final Flights<BlobId, Directory> treeFlights;
    private final Flights<BlobId, byte[]> largeTrees;
    private final Flights<Node.FileBody, Layout> layouts;
    private final Object loading = new Object();
    private volatile Optional<Local> local = Optional.empty(); // written under loading
    private volatile Optional<Loaded> loaded = Optional.empty(); // written under loading
    private volatile long used;
    private volatile boolean closed;

    Archive(String name, RepositoryAccess access, BrowseLimits limits, Ticker ticker, Path directory) {
        this.name = name;
        this.access = access;
        this.limits = limits;
        this.ticker = ticker;
        this.directory = directory;
        this.breaker = new Breaker(name, limits.pause(), ticker);
        this.trees = Threads.pool("cofre-versions-tree-" + name, THREADS, WAITING);
        this.wanted = Threads.pool("cofre-versions-read-" + name, 2 * THREADS, WAITING);
        this.ahead = Threads.pool("cofre-versions-ahead-" + name, THREADS, WAITING);
        this.gathering = Threads.pool("cofre-versions-gather-" + name, THREADS, WAITING);
        this.treeFlights = new Flights<>(trees);
        this.largeTrees = new Flights<>(trees);
        this.layouts = new Flights<>(wanted);
    }

    /**
     * What is at hand without the store, once it was opened.
     *
     * @param repository as opened, for sessions
     * @param opener opens blobs; has no index
     * @param trees on local disk
     */
    record Local(Repository repository, BlobReader opener, TreeStore trees) {}

    /** An index, and when it was loaded. */
    private record Loaded(BlobReader reader, long nanos) {}

    String name() {
        return name;
    }

    Breaker breaker() {
        return breaker;
    }

    /** Directories on their way from the store. */
    Flights<BlobId, Directory> treeFlights() {
        return treeFlights;
    }

    /** Trees of directories too large for memory, once more. */
    Flights<BlobId, byte[]> largeTrees() {
        return largeTrees;
    }

    /** Layouts of files, for which the index is being loaded. */
    Flights<Node.FileBody, Layout> layouts() {
        return layouts;
    }

    /** Threads for what somebody waits for. */
    ThreadPoolExecutor wanted() {
        return wanted;
    }

    /** Threads that bring whole versions' directories to local disk. */
    ThreadPoolExecutor gathering() {
        return gathering;
    }

    /** Threads for what somebody will want soon. */
    ThreadPoolExecutor ahead() {
        return ahead;
    }

    /** What is at hand without the store; empty until the repository was opened once. */
    Optional<Local> local() {
        return local;
    }

    /** Opens the repository if that was not done yet. Waits for the store. */
    Local open() throws BrowseException {
        Optional<Local> there = local;
        if (there.isPresent()) {
            return there.get();
        }
        synchronized (loading) {
            if (local.isEmpty()) {
                Repository repository = asked(() -> access.session(name));
                Path own = directory.resolve(repository.config().id().hex());
                try {
                    local = Optional.of(new Local(repository, repository.reader(), TreeStore.open(own, limits.disk())));
                } catch (IOException e) {
                    throw new BrowseException.Unavailable(
                            "cannot keep directories of repository " + name + " on local disk: " + e
                                    + " vs a directory that can be written; see to its rights and its room",
                            e);
                }
            }
            return local.get();
        }
    }

    /** A reader whose index is loaded. Waits for the store when it is not yet. */
    BlobReader reader() throws BrowseException {
        used = ticker.nanos();
        Optional<Loaded> there = loaded;
        if (there.isPresent()) {
            return there.get().reader();
        }
        synchronized (loading) {
            if (loaded.isEmpty()) {
                load();
            }
            return loaded.get().reader();
        }
    }

    /** The index as far as it is loaded now: asks nobody. */
    Optional<BlobReader> readerAtHand() {
        return loaded.map(Loaded::reader);
    }

    /** A reader whose index was loaded after that moment. Waits for the store when it was not. */
    BlobReader readerSince(long nanos) throws BrowseException {
        synchronized (loading) {
            if (loaded.isEmpty() || loaded.get().nanos() - nanos < 0) {
                load();
            }
            used = ticker.nanos();
            return loaded.get().reader();
        }
    }

    /**
     * A reader with a newer index than this one's, after that had not led to a blob; empty when it was loaded a moment ago, as
     * a repository with many blobs lost must not make us load its index for each.
     */
    Optional<BlobReader> newerThan(BlobReader stale) throws BrowseException {
        synchronized (loading) {
            if (loaded.isPresent() && loaded.get().reader() != stale) {
                return readerAtHand();
            }
            if (loaded.isPresent()
                    && ticker.nanos() - loaded.get().nanos() < limits.pause().toNanos()) {
                return Optional.empty();
            }
            load();
            return readerAtHand();
        }
    }

    private void load() throws BrowseException {
        long begun = ticker.nanos();
        Repository fresh = open().repository().session();
        try {
            asked(() -> {
                fresh.loadIndex(COMPLAINTS);
                return fresh;
            });
        } catch (BrowseException.Unavailable e) {
            if (!(e.getCause() instanceof BackendException.Refused)) {
                throw e;
            }
            loadByNewSession(); // the credentials may have been changed since
            return;
        }
        keep(fresh, begun);
    }

    private void loadByNewSession() throws BrowseException {
        long begun = ticker.nanos();
        keep(
                asked(() -> {
                    Repository anew = access.session(name);
                    anew.loadIndex(COMPLAINTS);
                    return anew;
                }),
                begun);
    }

    private void keep(Repository fresh, long begun) {
        used = ticker.nanos();
        loaded = Optional.of(new Loaded(fresh.reader(), begun));
        LOG.info("index loaded for versions repository={} millis={}", name, (ticker.nanos() - begun) / 1_000_000);
    }

    /** Gives the index back when nobody has used it for long. */
    void dropIdle() {
        if (loaded.isPresent() && ticker.nanos() - used > limits.indexIdle().toNanos()) {
            synchronized (loading) {
                loaded = Optional.empty();
            }
            LOG.info("index given back repository={}", name);
        }
    }

    /** Something the store is asked for. */
    interface Question<V> {
        V ask() throws BackendException, RepositoryException, IOException, InterruptedException;
    }

    /** Asks the store, and remembers whether it answered. */
    <V> V asked(Question<V> question) throws BrowseException {
        String what = "cannot read repository " + name;
        if (closed) {
            throw new BrowseException.Gone(what + ": it is not shown any more");
        }
        try {
            V answer = question.ask();
            breaker.close();
            return answer;
        } catch (BackendException.Unreachable e) {
            if (!Thread.currentThread().isInterrupted()) {
                breaker.open();
            }
            throw Failures.of(what, e);
        } catch (BackendException e) {
            throw Failures.of(what, e);
        } catch (RepositoryException e) {
            throw Failures.of(what, e);
        } catch (IOException e) {
            throw new BrowseException.Unavailable(what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowseException.Unavailable(what + ": it was interrupted", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        trees.shutdownNow();
        wanted.shutdownNow();
        ahead.shutdownNow();
        gathering.shutdownNow();
        treeFlights.end();
        largeTrees.end();
        layouts.end();
        local.ifPresent(there -> {
            try {
                there.trees().close();
            } catch (IOException e) {
                LOG.warn("cannot close directories on local disk repository={} cause={}", name, e.toString());
            }
        });
        loaded = Optional.empty();
    }
}
