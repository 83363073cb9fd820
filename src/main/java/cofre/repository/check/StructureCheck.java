package cofre.repository.check;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.Node;
import cofre.format.PackId;
import cofre.progress.Progress;
import cofre.repository.check.Finding.Severity;
import cofre.repository.index.BlobIndex;
import cofre.repository.index.Trees;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that every pack the index names is there with the right length, and that every tree and every chunk a restore
 * point needs is in the index. Reads trees, never file content. For one thread.
 */
public final class StructureCheck {
    /** Sealing the header, and the number that says how long it is. */
    private static final int HEADER_OVERHEAD = 36;

    private final BlobIndex index;
    private final Backend store;
    private final Trees trees;
    private final Findings findings;
    private final DamagedPacks damaged;
    private final Progress progress;
    private final IdSet seen = new IdSet();

    /** A check of what {@code index} says against what {@code store} has. */
    public StructureCheck(
            BlobIndex index, Backend store, Trees trees, Findings findings, DamagedPacks damaged, Progress progress) {
        this.damaged = damaged;
        this.index = index;
        this.store = store;
        this.trees = trees;
        this.findings = findings;
        this.progress = progress;
    }

    /** Compares the packs of the index with those of the store; gives the length of each pack both have. */
    public Map<PackId, Long> packs() throws BackendException {
        progress.phase("checking packs");
        Map<PackId, Long> stored = new HashMap<>();
        store.list(FileType.DATA, file -> stored.put(PackId.parse(file.name()), file.size()));
        Map<PackId, Long> expected = expectedLengths();
        Map<PackId, Long> both = new HashMap<>();
        progress.total(expected.size(), 0);
        expected.forEach((pack, length) -> {
            Long actual = stored.remove(pack);
            if (actual == null) {
                damaged.add(pack, "it is missing from the store");
            } else {
                both.put(pack, actual);
                if (!actual.equals(length)) {
                    damaged.add(pack, "it has " + actual + " bytes vs " + length);
                }
            }
            progress.add(1, 0);
        });
        if (!stored.isEmpty()) {
            findings.add(
                    Severity.INFO,
                    stored.size() + " packs",
                    "they are in no index: left by an interrupted run, or new since the check began",
                    "the next run uses its own again, and a prune removes the others");
        }
        return both;
    }

    private Map<PackId, Long> expectedLengths() {
        Map<PackId, Long> lengths = new HashMap<>();
        index.packs().forEach(pack -> lengths.put(pack.id(), pack.bytes() + HEADER_OVERHEAD + pack.headerBytes()));
        return lengths;
    }

    /** Checks all trees below a restore point's root that were not checked before. */
    public void tree(String point, BlobId root) throws BackendException, InterruptedException {
        Deque<BlobId> pending = new ArrayDeque<>(); // not recursion: a hostile tree may be deeper than any stack
        pending.push(root);
        while (!pending.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the check was interrupted");
            }
            BlobId id = pending.pop();
            damaged.used(BlobHandle.tree(id));
            if (seen.add(id.hash())) {
                progress.add(1, 0);
                check(point, id, pending);
            }
        }
    }

    private void check(String point, BlobId id, Deque<BlobId> pending) throws BackendException {
        try {
            if (index.find(BlobHandle.tree(id)).isEmpty()) {
                damaged.missing(BlobHandle.tree(id));
            }
            for (Node node : trees.read(id).nodes()) {
                if (node.body() instanceof Node.DirBody dir) {
                    pending.push(dir.subtree());
                } else if (node.body() instanceof Node.FileBody file) {
                    content(point, id, node, file);
                }
            }
        } catch (Trees.Unreadable e) {
            damaged.usedUnknown();
            findings.damage("directory " + id.hex(), e.getMessage() + " (needed by restore point " + point + ")");
        }
    }

    private void content(String point, BlobId tree, Node node, Node.FileBody file) {
        long length = 0;
        for (BlobId id : file.content()) {
            Optional<BlobPlace> place = index.find(BlobHandle.data(id));
            if (place.isEmpty()) {
                damaged.missing(BlobHandle.data(id));
                findings.damage(
                        "data blob " + id.hex(),
                        "it is in no index; file \"" + node.name() + "\" of directory " + tree + " of restore point "
                                + point + " needs it");
                return;
            }
            damaged.used(BlobHandle.data(id));
            length += place.get().blob().plainLength();
        }
        if (length != file.size()) {
            findings.damage(
                    "file \"" + node.name() + "\"",
                    "its chunks are " + length + " bytes vs " + file.size() + " in directory " + tree
                            + " of restore point " + point);
        }
    }

    /** How many different directories were checked. */
    public int treesSeen() {
        return seen.size();
    }
}
