package cofre.browse;

import cofre.format.Node;
import cofre.progress.Ticker;
import cofre.repository.BlobReader;
import java.util.Optional;

/** Files that are open, and the memory they share. Thread-safe. */
final class Contents {
    private static final long MOST_AHEAD = 32 << 20;

    private final Blocks blocks;
    private final Ticker ticker;
    private final long deadline;
    private final long window;

    Contents(BrowseLimits limits, Ticker ticker) {
        this.blocks = new Blocks(limits.blockMemory());
        this.ticker = ticker;
        this.deadline = limits.content().toNanos();
        this.window = Math.min(MOST_AHEAD, limits.blockMemory() / 2);
    }

    /** A file's content. Asks nobody: what the index does not tell now is found out by the first read. */
    OpenVersionFile open(Archive archive, Node node) throws BrowseException {
        Node.FileBody body = (Node.FileBody) node.body();
        Optional<BlobReader> reader = archive.readerAtHand();
        Optional<Layout> layout = reader.isPresent() ? Layout.of(body, reader.get()) : Optional.empty();
        return new VersionFile(archive, body, layout, this);
    }

    Blocks blocks() {
        return blocks;
    }

    Ticker ticker() {
        return ticker;
    }

    /** How long a read may take, in nanoseconds. */
    long deadline() {
        return deadline;
    }

    /** How many bytes are fetched ahead of a reader. */
    long window() {
        return window;
    }
}
