package cofre.fuse;

import cofre.browse.VersionTree;
import cofre.posix.FuseSystem;
import cofre.progress.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that serves one mount, put together. */
final class Session {
    /** Entries of listings kept for open directories: about 200 MB of names at the very most. */
    private static final long MAX_LISTED = 2_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    final NodeTable nodes;
    final Replies replies;
    final Dispatcher dispatcher;
    final Crew crew;
    private final Evictor evictor;
    private final ReadPool reads;
    private final Handles<FileHandle> files;
    private final Handles<DirectoryHandle> directories;
    private final CompletableFuture<Handshake.Agreed> agreed;
    private volatile boolean serving = true;

    private Session(
            Device device,
            FuseSystem system,
            VersionTree tree,
            FuseSettings settings,
            Ticker ticker,
            CompletableFuture<Handshake.Agreed> agreed) {
        this.agreed = agreed;
        AccessMode access = settings.access();
        Complaints complaints = new Complaints(ticker);
        Faults faults = new Faults(complaints);
        Gate gate = new Gate(access, tree, new ProcessGroups(system));
        Validity validity = new Validity(access, system.asksForEachComponent());
        Shape shape = new Shape(access, validity, system::deviceBits);
        nodes = new NodeTable(tree.top(), settings.maxNodes());
        files = new Handles<>(settings.maxHandles());
        directories = new Handles<>(settings.maxHandles());
        replies = new Replies(device, system::number, ticker, complaints);
        reads = new ReadPool(files, replies, faults, settings.readThreads());
        NodeOperations entries = new NodeOperations(tree, nodes, gate, validity, shape);
        boolean cached = access == AccessMode.KERNEL;
        Dispatcher.Operations operations = new Dispatcher.Operations(
                entries,
                new XattrOperations(tree, nodes, gate),
                new DirectoryOperations(nodes, gate, entries, new Listings(tree, MAX_LISTED), directories, cached),
                new FileOperations(tree, nodes, gate, files, settings.directIo()),
                reads);
        dispatcher = new Dispatcher(operations, replies, faults, settings, agreed::complete);
        crew = new Crew(device, dispatcher, ticker, settings.readers(), this::ended);
        dispatcher.refuseWhen(crew::isCrowded);
        evictor = new Evictor(nodes, device);
    }

    static Session of(
            Device device,
            FuseSystem system,
            VersionTree tree,
            FuseSettings settings,
            Ticker ticker,
            CompletableFuture<Handshake.Agreed> agreed) {
        return new Session(device, system, tree, settings, ticker, agreed);
    }

    void start() {
        crew.start();
        Daemons.named("fuse-evictor").newThread(evictor).start();
    }

    private void ended() {
        serving = false;
        evictor.stop();
        agreed.completeExceptionally(new IllegalStateException("the mount ended"));
    }

    boolean isServing() {
        return serving;
    }

    /** Looks after deadlines; to be called a few times a second. */
    void watch() {
        try {
            replies.expire();
            crew.relieve();
        } catch (RuntimeException | Error e) {
            // A watchdog that throws would never be called again.
            LOG.error("event=fuse_watchdog_fault", e);
        }
    }

    /** After the mount has ended: waits for the threads, at most about so long, and closes what is open. */
    boolean stop(Duration limit) {
        serving = false;
        evictor.stop();
        reads.stop();
        boolean clean = false;
        try {
            clean = crew.awaitEnd(limit) && reads.awaitEnd(1 + limit.toMillis() / 4);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.removeAll().forEach(FileHandle::release);
        directories.removeAll();
        return clean;
    }
}
