package cofre.restore;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.util.Optional;

/**
 * A file that looks as it did then: its content is read, and only when it differs it is restored, blob by blob, which is
 * slow but rare.
 */
final class Comparison {
    private final BlobReader reader;
    private final Tally tally;
    private final Verifier verifier;
    private final boolean dryRun;

    Comparison(BlobReader reader, Tally tally, Verifier verifier, boolean dryRun) {
        this.reader = reader;
        this.tally = tally;
        this.verifier = verifier;
        this.dryRun = dryRun;
    }

    /** Whether the file stands there in the end. */
    boolean run(OpenDir dir, Node node) throws BackendException, TargetException {
        Node.FileBody body = (Node.FileBody) node.body();
        try {
            if (isSame(dir, node, body)) {
                if (!dryRun) {
                    tally.lacking(dir.target().orElseThrow().adjust(node.name(), node.metadata()));
                }
                tally.verified.incrementAndGet();
                tally.fileUnchanged(body.size());
                return true;
            }
        } catch (TargetException.Entry e) {
            tally.failed(dir.path(node.name()), e.getMessage());
            return false;
        }
        if (dryRun) {
            tally.fileWritten(body.size());
            tally.bytesDone(body.size());
            return true;
        }
        return restore(dir, node, body);
    }

    private boolean isSame(OpenDir dir, Node node, Node.FileBody body) throws TargetException {
        try (TargetReader there = dir.target().orElseThrow().read(node.name())) {
            Optional<String> difference = verifier.content(there, body);
            return difference.isEmpty();
        }
    }

    private boolean restore(OpenDir dir, Node node, Node.FileBody body) throws BackendException, TargetException {
        RestoredFile file = new RestoredFile(dir, node, tally);
        long offset = 0;
        try {
            for (BlobId id : body.content()) {
                byte[] plain = reader.read(BlobHandle.data(id));
                Holes.write(file, offset, plain);
                tally.bytesDone(plain.length);
                offset += plain.length;
            }
        } catch (RepositoryException e) {
            file.fail("it was not restored: " + e.getMessage() + "; run cofre check");
        } catch (BackendException | TargetException e) {
            file.discard();
            throw e;
        }
        file.planned(offset);
        file.pieceDone();
        if (file.isWritten()) {
            verifier.file(file);
        }
        return file.isWritten();
    }
}
