package cofre.backup;

import cofre.change.Catalogue;
import cofre.change.CatalogueException;
import cofre.change.ChangeTime;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes a catalogue anew from a restore point: no more is in it than its trees say. For one thread. */
final class CatalogueRebuild {
    private record Directory(long number, BlobId tree) {}

    private final BlobReader reader;
    private final Catalogue catalogue;

    /** Fills an empty catalogue that may be edited. */
    CatalogueRebuild(BlobReader reader, Catalogue catalogue) {
        this.reader = reader;
        this.catalogue = catalogue;
    }

    /**
     * Adds everything below the share's root directory.
     *
     * @throws RepositoryException when a directory cannot be read: then the catalogue is of no use
     */
    void add(BlobId root) throws BackendException, RepositoryException, CatalogueException, InterruptedException {
        Deque<Directory> waiting = new ArrayDeque<>();
        waiting.push(new Directory(Catalogue.ROOT_DIR, root));
        while (!waiting.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the run was interrupted");
            }
            Directory directory = waiting.pop();
            for (Node node : reader.tree(directory.tree()).nodes()) {
                long object = node.metadata().inode();
                catalogue.link(
                        object,
                        directory.number(),
                        ChangeTime.of(node.metadata().ctime()));
                if (node.body() instanceof Node.DirBody body) {
                    waiting.push(new Directory(object, body.subtree()));
                }
            }
        }
    }
}
