package cofre.backup;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts what of the parent restore point is not simply taken over, so that how much a point holds is known although only
 * what changed was looked at: what the parent held, less these, and what was looked at. For one thread.
 */
final class Departures {
    private final Map<Long, BlobId> directories = new HashMap<>();
    private final Set<Long> arrived = new HashSet<>();
    private long files;
    private long bytes;

    /** This thing is looked at: it counts as it is now. */
    void lookedAt(Node before) {
        if (before.body() instanceof Node.FileBody file) {
            files++;
            bytes += file.size();
        }
    }

    /** This thing is not where it was. */
    void left(Node before) {
        if (before.body() instanceof Node.DirBody dir) {
            directories.put(before.metadata().inode(), dir.subtree());
        } else {
            lookedAt(before);
        }
    }

    /** A directory was found elsewhere: what is in it was taken over or looked at there. */
    void arrived(long directory) {
        arrived.add(directory);
    }

    /** Counts what is in directories that are gone for good. A tree that cannot be read counts as empty. */
    void count(BlobReader reader) throws BackendException, InterruptedException {
        Deque<BlobId> trees = new ArrayDeque<>();
        directories.forEach((number, tree) -> {
            if (!arrived.contains(number)) {
                trees.push(tree);
            }
        });
        while (!trees.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the run was interrupted");
            }
            try {
                for (Node node : reader.tree(trees.pop()).nodes()) {
                    lookedAt(node);
                    // one that was moved out of here before this was removed is not gone
                    if (node.body() instanceof Node.DirBody dir
                            && !arrived.contains(node.metadata().inode())) {
                        trees.push(dir.subtree());
                    }
                }
            } catch (RepositoryException e) {
                // it is only a figure
            }
        }
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }
}
