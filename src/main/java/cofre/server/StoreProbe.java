package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Tries at start what every upload will need, so that a store that cannot work is known before the first backup. */
final class StoreProbe {
    private final Path root;
    private final FileOperations files;

    StoreProbe(Path root, FileOperations files) {
        this.root = root;
        this.files = files;
    }

    /** Writes, links, syncs and removes a file of no name clients can ask for. */
    void run(long nonce) throws IOException {
        Path first = StoreLayout.temporary(root.resolve("probe"), nonce);
        Path second = StoreLayout.temporary(root.resolve("probe-link"), nonce);
        try (FileOperations.Output output = files.create(first)) {
            output.write(ByteBuffer.wrap(new byte[] {1}));
            output.sync();
        }
        try {
            files.link(first, second);
            files.delete(second);
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system has no hard links", e);
        } finally {
            files.delete(first);
        }
        files.syncDirectory(root);
    }
}
