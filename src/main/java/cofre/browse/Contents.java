package cofre.browse;

import cofre.format.Node;
import cofre.progress.Ticker;
import cofre.repository.BlobReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Files that are open, and the memory they share. Thread-safe. */
final class Contents {
    private static final long MOST_AHEAD = 32 << 20;
    private static final long LEAST_AHEAD = 1 << 20;

    private final Blocks blocks;
    private final Ticker ticker;
    private final long deadline;
    private final long memory;
    private final AtomicInteger open = new AtomicInteger();

    Contents(BrowseLimits limits, Ticker ticker) {
        this.blocks = new Blocks(limits.blockMemory());
        this.ticker = ticker;
        this.deadline = limits.content().toNanos();
        this.memory = limits.blockMemory();
    }

    /** A file's content. Asks nobody: what the index does not tell now is found out by the first read. */
    OpenVersionFile open(Archive archive, Node node) throws BrowseException {
        Node.FileBody body = (Node.FileBody) node.body();
        Optional<BlobReader> reader = archive.readerAtHand();
        Optional<Layout> layout = reader.isPresent() ? Layout.of(body, reader.get()) : Optional.empty();
        open.incrementAndGet();
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

    /** How many bytes are fetched ahead of each reader now: what is fetched must still be there when it is wanted. */
    long window() {
        return Math.max(LEAST_AHEAD, Math.min(MOST_AHEAD, memory / 2 / Math.max(1, open.get())));
    }

    /** A file was closed. */
    void closed() {
        open.decrementAndGet();
    }
}
