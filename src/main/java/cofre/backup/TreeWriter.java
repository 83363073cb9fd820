package cofre.backup;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.FormatException;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Sha256;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.BlobSink;
import cofre.repository.RepositoryException;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Walks a frozen tree, compares it with the parent restore point, has changed files read, and saves every directory as a
 * tree blob from the bottom upwards.
 *
 * <p>One thread walks and compares; others read files. A directory is saved by whichever thread brings its last entry, so
 * nobody waits for a slow file. Memory grows with the largest directory and the depth of the tree, not with the number of
 * files: what is finished is a blob.
 */
final class TreeWriter implements AutoCloseable {
    /** What a tree is written with. */
    record Tools(
            BlobReader reader,
            BlobSink sink,
            Workers workers,
            ThreadLocal<FileReader> fileReaders,
            Nodes nodes,
            ExcludeRules excludes,
            Progress progress) {}

    /** A directory being walked. */
    private static final class Frame {
        final DirWork work;
        final List<SourceEntry> entries;
        final ParentDir parent;
        int next;

        Frame(DirWork work, List<SourceEntry> entries, ParentDir parent) {
            this.work = work;
            this.entries = entries;
            this.parent = parent;
        }
    }

    private final Tools tools;
    private final RunCounts counts;
    private final Unreadable unreadable;
    private final RunFailure failure;
    private final Deque<Frame> stack = new ArrayDeque<>();
    private final Set<DirWork> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Node rootNode;

    TreeWriter(Tools tools, RunCounts counts, Unreadable unreadable, RunFailure failure) {
        this.tools = tools;
        this.counts = counts;
        this.unreadable = unreadable;
        this.failure = failure;
    }

    /**
     * Saves the tree below {@code root}.
     *
     * @param path where the share lives, for exclude rules and messages
     * @param name the root directory's own name, under which its node is returned
     * @param parent the root directory's node in the parent restore point
     * @return the root directory's node
     */
    Node write(SourceDir root, RawPath path, RawName name, Optional<Node> parent)
            throws SourceException, BackendException, RepositoryException, InterruptedException {
        try {
            enter(null, 0, name, path, root, root.stat(), parent);
        } catch (SourceException | BackendException | RuntimeException | Error e) {
            root.close();
            throw e;
        }
        while (!stack.isEmpty()) {
            failure.check();
            if (Thread.interrupted()) { // a walk over files that did not change waits for nothing that would notice
                throw new InterruptedException("the run was interrupted");
            }
            step(stack.peek());
        }
        finished.await();
        failure.check();
        return rootNode;
    }

    /** Closes directories a failed run left open; only after its workers have ended. */
    @Override
    public void close() {
        open.forEach(work -> work.dir().close());
    }

    /** Opens a directory for walking. A directory that cannot be listed is reported and left out. */
    private void enter(
            DirWork above, int place, RawName name, RawPath path, SourceDir dir, SourceStat stat, Optional<Node> parent)
            throws SourceException, BackendException {
        List<SourceEntry> entries = new ArrayList<>(dir.list());
        entries.sort(Comparator.comparing(SourceEntry::name));
        Metadata metadata = tools.nodes.metadata(stat, dir.xattrs());
        ParentDir parentDir = parent.isPresent() && parent.get().body() instanceof Node.DirBody body
                ? ParentDir.load(body.subtree(), tools.reader, tools.progress)
                : ParentDir.none();
        DirWork work = new DirWork(above, place, name, path, dir, metadata, parent, entries.size());
        open.add(work);
        stack.push(new Frame(work, entries, parentDir));
    }

    private void step(Frame frame) throws SourceException, BackendException, InterruptedException {
        if (frame.next == frame.entries.size()) {
            stack.pop();
            if (frame.work.done()) {
                finish(frame.work);
            }
            return;
        }
        int place = frame.next++;
        SourceEntry entry = frame.entries.get(place);
        RawPath path = frame.work.path().resolve(entry.name());
        Optional<Node> before = frame.parent.find(entry.name());
        if (tools.excludes.excludes(path)) {
            put(frame.work, place, null);
        } else if (entry.stat().isEmpty()) {
            leaveOut(frame.work, place, path, entry.error());
        } else {
            visit(frame.work, place, path, entry.name(), entry.stat().get(), before);
        }
    }

    private void visit(DirWork work, int place, RawPath path, RawName name, SourceStat stat, Optional<Node> before)
            throws SourceException, BackendException, InterruptedException {
        try {
            switch (stat.type()) {
                case DIR -> visitDir(work, place, path, name, stat, before);
                case FILE -> visitFile(work, place, path, name, stat, before);
                case SOCKET -> put(work, place, null); // like restic: a socket means nothing without its process
                default -> put(work, place, special(work.dir(), name, stat));
            }
        } catch (SourceException.FileUnreadable e) {
            leaveOut(work, place, path, e.getMessage());
        }
    }

    private void visitDir(DirWork work, int place, RawPath path, RawName name, SourceStat stat, Optional<Node> before)
            throws SourceException, BackendException {
        SourceDir dir = work.dir().enter(name);
        try {
            enter(work, place, name, path, dir, stat, before);
        } catch (SourceException | BackendException | RuntimeException | Error e) {
            dir.close();
            throw e;
        }
    }

    private void visitFile(DirWork work, int place, RawPath path, RawName name, SourceStat stat, Optional<Node> before)
            throws InterruptedException {
        if (before.isPresent() && isUnchanged(before.get(), stat)) {
            counts.filesUnmodified.incrementAndGet();
            counts.bytesProcessed.addAndGet(stat.size());
            tools.progress.add(1, stat.size());
            Metadata metadata = tools.nodes.unchanged(stat, before.get().metadata());
            put(work, place, new Node(name, metadata, before.get().body()));
            return;
        }
        boolean existed = before.isPresent() && before.get().type() == NodeType.FILE;
        tools.workers.submit(() -> readFile(work, place, path, name, existed));
    }

    /** restic's test: type, size, mtime, ctime and inode are equal, and every chunk is still in the repository. */
    private boolean isUnchanged(Node before, SourceStat stat) {
        if (!(before.body() instanceof Node.FileBody body)) {
            return false;
        }
        Metadata was = before.metadata();
        if (body.size() != stat.size()
                || !was.mtime().equals(stat.mtime())
                || !was.ctime().equals(stat.ctime())
                || was.inode() != stat.inode()) {
            return false;
        }
        for (BlobId id : body.content()) {
            if (!tools.sink.isKnown(BlobHandle.data(id))) {
                return false;
            }
        }
        return true;
    }

    private Node special(SourceDir dir, RawName name, SourceStat stat) throws SourceException {
        Metadata metadata = tools.nodes.metadata(stat, dir.xattrs(name));
        return new Node(
                name,
                metadata,
                switch (stat.type()) {
                    case SYMLINK -> new Node.SymlinkBody(dir.readLink(name));
                    case BLOCK_DEVICE, CHAR_DEVICE -> new Node.DeviceBody(stat.type(), stat.device());
                    default -> new Node.SpecialBody(stat.type());
                });
    }

    /** In a reader's thread. */
    private void readFile(DirWork work, int place, RawPath path, RawName name, boolean existed) {
        if (failure.isSet()) {
            return;
        }
        try (SourceFile file = work.dir().open(name)) {
            Metadata metadata = tools.nodes.metadata(file.stat(), file.xattrs());
            FileReading reading = new FileReading((body, cause) -> {
                if (cause == null) {
                    fileRead(work, place, new Node(name, metadata, body), body.size(), existed);
                } else {
                    fileFailed(work, place, path, cause);
                }
            });
            try {
                tools.fileReaders.get().read(file, reading);
            } catch (SourceException e) {
                reading.fail(e);
            }
            reading.ended();
        } catch (SourceException | RuntimeException | Error e) {
            fileFailed(work, place, path, e);
        }
    }

    private void fileRead(DirWork work, int place, Node node, long size, boolean existed) {
        (existed ? counts.filesChanged : counts.filesNew).incrementAndGet();
        counts.bytesProcessed.addAndGet(size);
        tools.progress.add(1, 0);
        put(work, place, node);
    }

    /** A file that cannot be read is left out and reported; anything else ends the run. */
    private void fileFailed(DirWork work, int place, RawPath path, Throwable cause) {
        if (cause instanceof SourceException.FileUnreadable e) {
            leaveOut(work, place, path, e.getMessage());
        } else {
            fail(cause);
        }
    }

    private void leaveOut(DirWork work, int place, RawPath path, String why) {
        unreadable.add(path, why);
        put(work, place, null);
    }

    private void put(DirWork work, int place, Node node) {
        if (work.put(place, node)) {
            finish(work);
        }
    }

    private void fail(Throwable cause) {
        failure.set(cause);
        finished.countDown();
    }

    /** Saves a directory whose entries are all there, then those above it that were only waiting for it. */
    private void finish(DirWork complete) {
        DirWork work = complete;
        try {
            while (true) {
                open.remove(work);
                work.dir().close();
                Node node = save(work);
                if (work.above() == null) {
                    rootNode = node;
                    finished.countDown();
                    return;
                }
                if (!work.above().put(work.placeAbove(), node)) {
                    return;
                }
                work = work.above();
            }
        } catch (BackendException | RepositoryException | InterruptedException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private static byte[] encode(DirWork work) throws RepositoryException {
        try {
            return work.encode();
        } catch (FormatException e) {
            throw new RepositoryException.Unsupported("cannot keep directory " + work.path() + ": " + e.getMessage()
                    + "; no restore point was made; split the directory or exclude it");
        }
    }

    private Node save(DirWork work) throws BackendException, RepositoryException, InterruptedException {
        byte[] bytes = encode(work);
        // Below a directory of the parent that is damaged nothing was read, so others may be damaged too.
        if (tools.reader.hasMetDamage()) {
            tools.reader.makeSureOf(BlobHandle.tree(new BlobId(Sha256.hash(bytes))));
        }
        BlobId id = tools.sink.save(BlobType.TREE, bytes, 0, bytes.length);
        Optional<BlobId> before = work.parentNode()
                .filter(node -> node.type() == NodeType.DIR)
                .map(node -> ((Node.DirBody) node.body()).subtree());
        if (before.isEmpty()) {
            counts.dirsNew.incrementAndGet();
        } else if (before.get().equals(id)) {
            counts.dirsUnmodified.incrementAndGet();
        } else {
            counts.dirsChanged.incrementAndGet();
        }
        return new Node(work.name(), work.metadata(), new Node.DirBody(id));
    }
}
