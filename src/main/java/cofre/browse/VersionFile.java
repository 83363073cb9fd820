package cofre.browse;

import cofre.format.BlobId;
import cofre.format.Node;
import cofre.progress.Ticker;
import cofre.repository.BlobReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file's content out of a repository. */
final class VersionFile implements OpenVersionFile {
    private final Archive archive;
    private final Blocks blocks;
    private final Node.FileBody file;
    private final Ticker ticker;
    private final long deadline;
    private final Contents contents;
    private final ReadAhead ahead;
    private volatile Optional<Layout> layout;
    private final AtomicBoolean closed = new AtomicBoolean();

    VersionFile(Archive archive, Node.FileBody file, Optional<Layout> layout, Contents contents) {
        this.archive = archive;
        this.blocks = contents.blocks();
        this.file = file;
        this.ticker = contents.ticker();
        this.deadline = contents.deadline();
        this.contents = contents;
        this.ahead = new ReadAhead();
        this.layout = layout;
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws BrowseException {
        Objects.checkFromIndexSize(at, length, into.length);
        if (offset < 0) {
            throw new IllegalArgumentException("cannot read at " + offset + " vs at least 0");
        }
        if (closed.get()) {
            throw new BrowseException.Gone("cannot read file: it was closed");
        }
        int wanted = (int) Math.min(length, Math.max(0, file.size() - offset));
        if (wanted == 0) {
            return 0;
        }
        long until = ticker.nanos() + deadline;
        Layout known = layout(until);
        long window = contents.window();
        List<BlobId> soon = ahead.after(known, offset, wanted, window);
        if (!soon.isEmpty()) {
            archive.readerAtHand().ifPresent(reader -> blocks.ahead(archive, reader, soon, ReadAhead.partOf(window)));
        }
        int done = 0;
        for (int i = known.at(offset); done < wanted; i++) {
            int from = (int) (offset + done - known.start(i));
            int some = (int) Math.min(wanted - done, known.end(i) - offset - done);
            copy(known.blob(i), from, into, at + done, some, until);
            done += some;
        }
        return done;
    }

    private void copy(BlobId id, int from, byte[] into, int at, int length, long until) throws BrowseException {
        if (length == 0) {
            return;
        }
        if (ZeroBlock.is(id)) {
            Arrays.fill(into, at, at + length, (byte) 0);
            return;
        }
        byte[] plain = blob(id, until);
        if (from + length > plain.length) {
            throw new BrowseException.Damaged(
                    "cannot read data blob " + id + ": it has " + plain.length + " bytes vs " + (from + length)
                            + " by the index; run cofre check",
                    null);
        }
        System.arraycopy(plain, from, into, at, length);
    }

    private byte[] blob(BlobId id, long until) throws BrowseException {
        Optional<byte[]> there = blocks.kept(id);
        if (there.isPresent()) {
            return there.get();
        }
        archive.breaker().ensureClosed();
        String what = "cannot read data blob " + id;
        CompletableFuture<byte[]> first = blocks.want(archive, id);
        try {
            return await(first, until, what);
        } catch (BrowseException.Unavailable e) {
            // A fetch ahead of us may have failed for reasons that are not ours, such as a pack pruned away.
            if (Flights.isLate(e) || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            archive.breaker().ensureClosed();
            CompletableFuture<byte[]> second = blocks.want(archive, id);
            return await(second, until, what);
        }
    }

    /** Whoever comes after one who waited in vain does not wait again at once: the kernel asks twice, and so does Samba. */
    private <V> V await(CompletableFuture<V> coming, long until, String what) throws BrowseException {
        try {
            return Flights.await(coming, until - ticker.nanos(), what);
        } catch (BrowseException.Unavailable e) {
            if (Flights.isLate(e)) {
                archive.breaker().open();
            }
            throw e;
        }
    }

    /** By the index, which is loaded in the background when it is not at hand: whoever reads waits no longer than he may. */
    private Layout layout(long until) throws BrowseException {
        Optional<Layout> known = layout;
        if (known.isPresent()) {
            return known.get();
        }
        Optional<BlobReader> reader = archive.readerAtHand();
        Layout found;
        if (reader.isPresent()) {
            found = Layout.of(file, reader.get()).orElse(null);
        } else {
            found = null;
        }
        if (found == null) {
            archive.breaker().ensureClosed();
            found = await(archive.layouts().join(file, () -> fetchLayout()), until, "cannot read file");
        }
        layout = Optional.of(found);
        return found;
    }

    private Layout fetchLayout() throws BrowseException {
        BlobReader reader = archive.reader();
        Optional<Layout> found = Layout.of(file, reader);
        if (found.isEmpty()) {
            BlobReader newer = archive.newerThan(reader)
                    .orElseThrow(() -> new BrowseException.Unavailable(
                            "cannot read file: some of it is in no index loaded a moment ago; it is loaded again for"
                                    + " another try",
                            null));
            found = Layout.of(file, newer);
        }
        return found.orElseThrow(() ->
                new BrowseException.Damaged("cannot read file: some of it is in no index; run cofre check", null));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            contents.closed();
        }
    }
}
