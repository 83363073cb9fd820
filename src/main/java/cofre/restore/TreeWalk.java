package cofre.restore;

import cofre.format.BlobId;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Tree;
import cofre.path.RawName;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Goes through a point's directories in the order of their names, makes them, and plans what is in them. Keeps a stack of
 * its own: a tree as deep as it likes costs heap, not stack. For one thread.
 */
final class TreeWalk {
    /** How far the stack is looked down for directories to read ahead. */
    private static final int AHEAD = 16;

    private final RestoreRequest request;
    private final BlobReader reader;
    private final Tally tally;
    private final OpenDir.Finish finish;
    private final EntryPlanner planner;
    private final Batches batches;
    private final TreeAhead ahead;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Batch batch;

    TreeWalk(
            RestoreRequest request,
            BlobReader reader,
            Tally tally,
            Verifier comparing,
            Batches batches,
            TreeAhead ahead) {
        this.request = request;
        this.reader = reader;
        this.tally = tally;
        this.finish = new OpenDir.Finish(tally, request.verify() ? comparing : null, request.dryRun());
        this.planner = new EntryPlanner(request, reader, tally, comparing);
        this.batches = batches;
        this.ahead = ahead;
        this.batch = new Batch(reader);
    }

    /** A directory to be entered; {@code there} is what the target has under its name, null for nothing. */
    private record Step(OpenDir above, Node node, TargetEntry there, Selection selection, TreeAhead.Coming tree) {}

    /**
     * Restores what is selected below a tree.
     *
     * @param target null when it is not there in a dry run
     * @param metadata for the target itself, null to leave it alone
     */
    void run(BlobId tree, TargetDir target, Metadata metadata, Selection selection)
            throws BackendException, RepositoryException, TargetException, InterruptedException {
        OpenDir top = new OpenDir(null, null, target, metadata, finish);
        enter(top, reader.tree(tree), selection);
        top.done();
        while (!steps.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the restore was ended");
            }
            step(steps.pop());
        }
        batches.submit(batch);
        batches.finish();
    }

    private void step(Step step) throws BackendException, RepositoryException, TargetException, InterruptedException {
        readAhead();
        OpenDir dir;
        try {
            dir = open(step);
        } catch (TargetException.Entry e) {
            tally.failed(step.above().path(step.node().name()), "nothing below it was restored: " + e.getMessage());
            step.above().done();
            return;
        }
        try {
            enter(dir, step.tree().get(), step.selection());
        } catch (RepositoryException.Damaged e) {
            tally.failed(dir.path(), "nothing below it was restored: " + e.getMessage() + "; run cofre check");
        } catch (TargetException.Entry e) {
            tally.failed(dir.path(), "nothing below it was restored: " + e.getMessage());
        }
        dir.done();
    }

    private void readAhead() {
        int looked = 0;
        for (Step step : steps) {
            if (++looked > AHEAD || !step.tree().begin()) {
                return;
            }
        }
    }

    private OpenDir open(Step step) throws TargetException {
        RawName name = step.node().name();
        boolean isThere = step.there() != null && step.there().type() == NodeType.DIR;
        if (step.there() != null && !isThere && request.overwrite() == Overwrite.NEVER) {
            throw new TargetException.Entry(
                    "cannot make directory \"" + name + "\": a "
                            + step.there().type().text() + " of that name vs none; it was kept, as asked; move it away",
                    null);
        }
        TargetDir parent = step.above().target().orElse(null);
        TargetDir target = request.dryRun()
                ? (isThere ? parent.open(name) : null)
                : isThere ? parent.open(name) : make(parent, name, step.there());
        return new OpenDir(step.above(), name, target, metadata(step, isThere), finish);
    }

    private static TargetDir make(TargetDir parent, RawName name, TargetEntry inTheWay) throws TargetException {
        if (inTheWay != null) {
            parent.remove(name, inTheWay);
        }
        return parent.make(name);
    }

    /** A directory that was only passed on the way to something, or is to be kept, keeps its own. */
    private Metadata metadata(Step step, boolean isThere) {
        boolean wanted = step.selection().isWhole() && request.overwrite() != Overwrite.NEVER;
        return !isThere || wanted ? step.node().metadata() : null;
    }

    private void enter(OpenDir dir, Tree tree, Selection selection)
            throws BackendException, RepositoryException, TargetException, InterruptedException {
        TargetDir target = dir.target().orElse(null);
        Map<RawName, TargetEntry> there = target == null || target.isNew() ? Map.of() : target.list();
        List<Step> below = new ArrayList<>();
        for (Node node : tree.nodes()) {
            if (!selection.takes(node.name())) {
                continue;
            }
            TargetEntry entry = there.get(node.name());
            if (node.body() instanceof Node.DirBody body) {
                dir.expect();
                below.add(new Step(dir, node, entry, selection.below(node.name()), ahead.new Coming(body.subtree())));
            } else {
                planner.plan(dir, node, entry, batch);
                if (batch.isFull()) {
                    batches.submit(batch);
                    batch = new Batch(reader);
                }
            }
        }
        for (int i = below.size() - 1; i >= 0; i--) {
            steps.push(below.get(i));
        }
    }
}
