package cofre.restore;

import cofre.format.Node;
import cofre.format.NodeType;
import cofre.repository.BlobReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Decides what is done with each entry that is no directory, and puts it into a batch. For one thread. */
final class EntryPlanner {
    private final RestoreRequest request;
    private final BlobReader reader;
    private final Tally tally;
    private final Verifier verifier;
    private final HardLinks hardLinks = new HardLinks();

    EntryPlanner(RestoreRequest request, BlobReader reader, Tally tally, Verifier verifier) {
        this.request = request;
        this.reader = reader;
        this.tally = tally;
        this.verifier = verifier;
    }

    /** Plans one entry; {@code there} is what the target has under its name, null for nothing. */
    void plan(OpenDir dir, Node node, TargetEntry there, Batch batch) throws TargetException {
        if (node.type() == NodeType.SOCKET || node.type() == NodeType.IRREGULAR) {
            return; // means nothing without the program that made it; restic does the same
        }
        Decision decision = there == null ? Decision.WRITE : Decision.of(node, there, request);
        if (decision == Decision.KEEP) {
            tally.entryKept(sizeOf(node));
        } else if (decision == Decision.COMPARE) {
            compare(dir, node, batch);
        } else if (request.dryRun()) {
            count(decision, node);
        } else if (isClear(dir, node, there)) {
            add(decision, dir, node, batch);
        }
    }

    private static long sizeOf(Node node) {
        return node.body() instanceof Node.FileBody file ? file.size() : 0;
    }

    private void count(Decision decision, Node node) {
        if (decision == Decision.ADJUST) {
            tally.fileUnchanged(sizeOf(node));
        } else if (node.type() == NodeType.FILE) {
            tally.fileWritten(sizeOf(node));
            tally.bytesDone(sizeOf(node));
        } else {
            tally.others.incrementAndGet();
        }
    }

    /** Makes way: a rename replaces anything but a directory as one step, so only an empty one is removed before. */
    private boolean isClear(OpenDir dir, Node node, TargetEntry there) throws TargetException {
        if (there == null || there.type() != NodeType.DIR) {
            return true;
        }
        try {
            dir.target().orElseThrow().remove(node.name(), there);
            return true;
        } catch (TargetException.Entry e) {
            tally.failed(dir.path(node.name()), e.getMessage());
            return false;
        }
    }

    private void add(Decision decision, OpenDir dir, Node node, Batch batch) {
        dir.expect();
        Optional<HardLinks.Leader> leader = hardLinks.leaderOf(node);
        if (leader.isPresent()) {
            batch.add(new Batch.PendingLink(leader.get(), dir, node));
        } else if (node.type() != NodeType.FILE) {
            AtomicBoolean stands = new AtomicBoolean();
            hardLinks.lead(dir, node, stands::get);
            batch.add(() -> place(dir, node, stands));
        } else if (decision == Decision.ADJUST) {
            AtomicBoolean stands = new AtomicBoolean();
            hardLinks.lead(dir, node, stands::get);
            batch.add(() -> adjust(dir, node, stands));
        } else {
            RestoredFile file = new RestoredFile(dir, node, tally);
            hardLinks.lead(dir, node, file::isWritten);
            batch.add(file);
        }
    }

    private void place(OpenDir dir, Node node, AtomicBoolean stands) throws TargetException {
        try {
            tally.lacking(dir.target().orElseThrow().place(node.name(), node.body(), node.metadata()));
            stands.set(true);
            tally.others.incrementAndGet();
            if (request.verify()) {
                verifier.special(dir, node);
            }
        } catch (TargetException.Entry e) {
            tally.failed(dir.path(node.name()), e.getMessage());
        }
        dir.done();
    }

    private void adjust(OpenDir dir, Node node, AtomicBoolean stands) throws TargetException {
        try {
            tally.lacking(dir.target().orElseThrow().adjust(node.name(), node.metadata()));
            stands.set(true);
            tally.fileUnchanged(sizeOf(node));
        } catch (TargetException.Entry e) {
            tally.failed(dir.path(node.name()), e.getMessage());
        }
        dir.done();
    }

    private void compare(OpenDir dir, Node node, Batch batch) {
        dir.expect();
        AtomicBoolean stands = new AtomicBoolean();
        Optional<HardLinks.Leader> leader = request.dryRun() ? Optional.empty() : hardLinks.leaderOf(node);
        if (leader.isPresent()) {
            batch.add(new Batch.PendingLink(leader.get(), dir, node));
            return;
        }
        hardLinks.lead(dir, node, stands::get);
        Comparison comparison = new Comparison(reader, tally, verifier, request.dryRun());
        batch.add(() -> {
            stands.set(comparison.run(dir, node));
            dir.done();
        });
    }
}
