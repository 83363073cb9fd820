package cofre.backup;

import cofre.change.DirtyRanges;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.source.SourceStat;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks a frozen tree beside the parent restore point's, as far as its {@link Scope} says that anything may have changed,
 * and takes over the nodes of all the rest. What it makes is the same as if everything had been walked.
 *
 * <p>One thread walks and compares; others read files. Memory grows with the largest directory and the depth of the tree,
 * not with the number of files: what is finished is a blob.
 */
final class TreeWriter {
    /** What a tree is written with. */
    record Tools(
            BlobReader reader,
            TreeSaver saver,
            FileSaver files,
            Nodes nodes,
            ExcludeRules excludes,
            Scope scope,
            Findings findings,
            Departures departures,
            RunCounts counts,
            Progress progress) {}

    /**
     * A directory being walked.
     *
     * @param number its own, or that of the share's root
     * @param isKnown whether {@code parent} is this very directory as it was, so that what it held tells what changed
     * @param isDoubted whether every entry is looked at although nothing says that it changed
     * @param isMoved whether it, or one above it, is in another place, so that other rules may exclude what it holds
     */
    private record Place(DirWork work, long number, boolean isKnown, boolean isDoubted, boolean isMoved) {}

    /** How far the walk of a directory has come. */
    private static final class Frame {
        final Place place;
        final List<DirItem> items;
        final ParentDir parent;
        int next;

        Frame(Place place, List<DirItem> items, ParentDir parent) {
            this.place = place;
            this.items = items;
            this.parent = parent;
        }
    }

    /**
     * A directory to be entered.
     *
     * @param before what it, or what had its name, was in the parent restore point
     * @param isSame whether {@code before} is this very directory
     */
    private record Entry(
            DirWork above,
            int place,
            RawName name,
            RawPath path,
            long number,
            Optional<Node> before,
            boolean isSame,
            boolean isMoved) {}

    private final Tools tools;
    private final Deque<Frame> stack = new ArrayDeque<>();

    TreeWriter(Tools tools) {
        this.tools = tools;
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
        boolean known = tools.scope.knows(Findings.ROOT);
        enter(new Entry(null, 0, name, path, Findings.ROOT, parent, known, false), root, Optional.empty());
        while (!stack.isEmpty()) {
            tools.saver.check();
            if (Thread.interrupted()) { // a walk over files that did not change waits for nothing that would notice
                throw new InterruptedException("the run was interrupted");
            }
            step(stack.peek());
        }
        return tools.saver.await();
    }

    /** Begins to walk a directory, which is closed when it is finished, or when it cannot be listed. */
    private void enter(Entry entry, SourceDir dir, Optional<SourceStat> looked)
            throws SourceException, BackendException {
        try {
            tools.counts.dirsVisited.incrementAndGet();
            SourceStat stat = looked.isPresent() ? looked.get() : dir.stat();
            tools.findings.seen(stat.inode());
            Optional<Node> before = entry.before().filter(node -> node.body() instanceof Node.DirBody);
            boolean known = entry.isSame() && before.isPresent();
            boolean same = known && !tools.scope.mayHaveChanged(entry.number()) && isUntouched(before.get(), stat);
            ParentDir parent = before.isPresent()
                    ? ParentDir.load(((Node.DirBody) before.get().body()).subtree(), tools.reader, tools.progress)
                    : ParentDir.none();
            known = known && parent.isWhole();
            boolean doubted = !known || tools.scope.isDoubted(entry.number()) || mayBeExcluded(entry.isMoved());
            List<DirItem> items;
            if (doubted) {
                items = DirItem.lookedAt(dir);
                tools.counts.looks.addAndGet(items.size());
            } else {
                items = same && !tools.scope.isListedAgain(entry.number())
                        ? DirItem.remembered(parent.nodes())
                        : DirItem.listed(dir);
            }
            Metadata metadata = same
                    ? tools.nodes.unchanged(stat, before.get().metadata())
                    : tools.nodes.metadata(stat, dir.xattrs(), dir.nfs4Acl(stat));
            DirWork work = new DirWork(
                    entry.above(),
                    entry.place(),
                    entry.number(),
                    entry.name(),
                    entry.path(),
                    dir,
                    metadata,
                    entry.before(),
                    items.size());
            tools.saver.begin(work);
            stack.push(new Frame(new Place(work, entry.number(), known, doubted, entry.isMoved()), items, parent));
        } catch (SourceException | BackendException | RuntimeException | Error e) {
            dir.close();
            throw e;
        }
    }

    /** Nothing was added to the directory, removed from it, or changed of its own metadata. */
    private static boolean isUntouched(Node before, SourceStat stat) {
        Metadata was = before.metadata();
        return was.inode() == stat.inode()
                && was.ctime().equals(stat.ctime())
                && was.mtime().equals(stat.mtime());
    }

    /** Rules look at paths: what is in another place now may be excluded there, or no longer. */
    private boolean mayBeExcluded(boolean isMoved) {
        return isMoved && !tools.excludes.isEmpty();
    }

    private void step(Frame frame) throws SourceException, BackendException, InterruptedException {
        Place in = frame.place;
        if (frame.next == frame.items.size()) {
            stack.pop();
            frame.parent.rest(gone -> left(in, gone));
            tools.saver.walked(in.work());
            return;
        }
        int place = frame.next++;
        DirItem item = frame.items.get(place);
        RawPath path = in.work().path().resolve(item.name());
        Optional<Node> before = frame.parent.find(item.name(), gone -> left(in, gone));
        boolean same =
                in.isKnown() && before.isPresent() && before.get().metadata().inode() == item.inode();
        if (before.isPresent() && !same) {
            left(in, before.get());
        }
        if (tools.excludes.excludes(path)) {
            if (same) {
                left(in, before.get()); // it is not in the share any more: its directory came to another place
            }
            tools.findings.leftOut(item.inode());
            tools.saver.skip(in.work(), place);
        } else if (!item.error().isEmpty()) {
            tools.saver.leaveOut(in.work(), place, path, item.error());
        } else if (same && !in.isDoubted() && isSettled(before.get())) {
            takeOver(in, place, before.get());
        } else {
            visit(new Visit(in, place, path, item, before, same));
        }
    }

    private void left(Place in, Node gone) {
        if (in.isKnown()) {
            tools.findings.left(gone.metadata().inode(), in.number());
            tools.departures.left(gone);
        }
    }

    /** Whether neither the thing itself nor anything in it may have changed. */
    private boolean isSettled(Node before) {
        long object = before.metadata().inode();
        return !tools.scope.mayHaveChanged(object)
                && !(before.type() == NodeType.DIR && tools.scope.holdsChanges(object));
    }

    private void takeOver(Place in, int place, Node before) {
        if (before.body() instanceof Node.FileBody body) {
            tools.progress.add(1, body.size());
        }
        tools.saver.put(in.work(), place, before);
    }

    /**
     * An entry to be looked at.
     *
     * @param before what had its name in its directory's node in the parent restore point
     * @param same whether that is this very thing
     */
    private record Visit(Place in, int place, RawPath path, DirItem item, Optional<Node> before, boolean same) {}

    private void visit(Visit at) throws SourceException, BackendException, InterruptedException {
        boolean noted = false;
        try {
            SourceStat stat = look(at);
            note(at, stat);
            noted = true;
            switch (stat.type()) {
                case DIR -> visitDir(at, stat);
                case FILE -> visitFile(at, stat);
                case SOCKET -> tools.saver.skip(at.in.work(), at.place); // like restic: nothing without its process
                default -> tools.saver.put(at.in.work(), at.place, special(at, stat));
            }
        } catch (SourceException.FileUnreadable e) {
            if (at.same && (!noted || at.before.get().type() == NodeType.DIR)) {
                tools.departures.left(at.before.get()); // a file that was looked at is counted already
            }
            tools.saver.leaveOut(at.in.work(), at.place, at.path, e.getMessage());
        }
    }

    private SourceStat look(Visit at) throws SourceException {
        if (at.item.stat().isPresent()) {
            return at.item.stat().get();
        }
        tools.counts.looks.incrementAndGet();
        return at.in.work().dir().look(at.item.name());
    }

    private void note(Visit at, SourceStat stat) {
        tools.findings.seen(stat.inode());
        if (!at.same || tools.scope.isStranger(stat.inode())) { // a number used anew is forgotten first
            tools.findings.joined(stat.inode(), at.in.number(), stat.ctime());
        } else {
            tools.findings.touched(stat.inode(), stat.ctime());
        }
        if (!at.same) {
            return;
        }
        Node was = at.before.get();
        if (was.type() == NodeType.DIR && stat.type() != NodeType.DIR) {
            tools.departures.left(was);
        } else {
            tools.departures.lookedAt(was);
        }
        boolean differs = !was.metadata().ctime().equals(stat.ctime());
        if (differs && !tools.scope.mayHaveChanged(stat.inode())) {
            tools.findings.surprised(at.path);
        }
    }

    private void visitDir(Visit at, SourceStat stat) throws SourceException, BackendException {
        if (at.same
                && isSettled(at.before.get())
                && isUntouched(at.before.get(), stat)
                && !mayBeExcluded(at.in.isMoved())) {
            takeOver(at.in, at.place, at.before.get());
            return;
        }
        Optional<Node> before = at.before;
        boolean same = at.same;
        if (!same) {
            Optional<Node> elsewhere = tools.scope.knows(stat.inode())
                    ? tools.scope.before(stat.inode()).filter(node -> node.type() == NodeType.DIR)
                    : Optional.empty();
            before = elsewhere.or(() -> at.before);
            same = elsewhere.isPresent();
            if (same) {
                tools.departures.arrived(stat.inode());
            }
        }
        boolean moved = at.in.isMoved() || !at.same;
        SourceDir dir = at.in.work().dir().enter(at.item.name());
        enter(
                new Entry(at.in.work(), at.place, at.item.name(), at.path, stat.inode(), before, same, moved),
                dir,
                Optional.of(stat));
    }

    private void visitFile(Visit at, SourceStat stat) throws SourceException, BackendException, InterruptedException {
        boolean existed = at.before.isPresent() && at.before.get().type() == NodeType.FILE;
        Optional<DirtyRanges> ranges = tools.scope.ranges(stat.inode());
        Optional<Node> content = at.before;
        if (!at.same && ranges.isPresent()) {
            content = tools.scope.before(stat.inode()).or(() -> at.before);
        }
        if (content.isEmpty() || content.get().metadata().inode() != stat.inode()) {
            ranges = Optional.empty();
        }
        tools.files.save(new FileSaver.Found(
                at.in.work(),
                at.place,
                at.path,
                at.item.name(),
                stat,
                content,
                ranges,
                tools.scope.attributesChanged(stat.inode()),
                existed));
    }

    private Node special(Visit at, SourceStat stat) throws SourceException {
        SourceDir dir = at.in.work().dir();
        RawName name = at.item.name();
        Optional<String> acl = stat.type() == NodeType.SYMLINK ? Optional.empty() : dir.nfs4Acl(name, stat);
        Metadata metadata = tools.nodes.metadata(stat, dir.xattrs(name), acl);
        return new Node(
                name,
                metadata,
                switch (stat.type()) {
                    case SYMLINK -> new Node.SymlinkBody(dir.readLink(name));
                    case BLOCK_DEVICE, CHAR_DEVICE -> new Node.DeviceBody(stat.type(), stat.device());
                    default -> new Node.SpecialBody(stat.type());
                });
    }
}
