package cofre.browse;

import cofre.format.BlobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trees of one repository on local disk, sealed as they lie in packs: names of users' files are not written here for anyone to
 * read, what is kept is a third to a fifth of its plain size, and a wrong byte is found by the seal. Kept by the blob, not by
 * the pack, as a prune by others makes new packs of the same blobs.
 *
 * <p>Nothing here is ever needed. A file that is torn, damaged or not ours loses what was in it and no more. Nothing is synced
 * but before trees are said to be complete. Thread-safe.
 */
final class TreeStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TreeStore.class);
    private static final Pattern NAME = Pattern.compile("trees-(\\d{8})");

    /** So that leaving costs little at a time. */
    private static final int LEAST_SEGMENTS = 16;

    private static final long MAX_SEGMENT = 64 << 20;

    /** Bits of a place: segment, then offset and length with the header, both in units. */
    private static final int OFFSET_BITS = 22;

    private static final int LENGTH_BITS = 22;
    private static final int SEGMENT_SHIFT = OFFSET_BITS + LENGTH_BITS;
    private static final int MAX_NUMBER = 1 << 19;

    private final Path directory;
    private final long maxBytes;
    private final CompleteTrees complete;
    private final TreeTable table = new TreeTable(); // guarded by this, as are all below
    private final Map<Integer, TreeSegment> segments = new HashMap<>();
    private final Deque<TreeSegment> order = new ArrayDeque<>(); // oldest first
    private long bytes;

    private TreeStore(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.complete = new CompleteTrees(directory.resolve("complete"));
    }

    /** Opens the store in a directory of its own, made with mode 0700 when it is missing. */
    static TreeStore open(Path directory, long maxBytes) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        TreeStore store = new TreeStore(directory, maxBytes);
        store.load();
        return store;
    }

    private synchronized void load() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            TreeSegment segment = TreeSegment.open(file, name.matches() ? Integer.parseInt(name.group(1)) : 0);
            if (segment.number() < MAX_NUMBER) {
                segment.scan(record -> table.put(TreeTable.key(record.id()), place(segment, record)));
                add(segment);
                bytes += segment.length();
            }
        }
        loadComplete();
    }

    /** One that is missing takes away the word of all: nobody knows what it was below. */
    private void loadComplete() throws IOException {
        long[] keys = complete.read();
        for (long key : keys) {
            if (table.find(key) == TreeTable.NOWHERE) {
                LOG.info("directories on local disk are not complete any more directory={}", directory);
                forgetComplete();
                return;
            }
            table.mark(key, TreeTable.COMPLETE);
        }
    }

    private void add(TreeSegment segment) {
        segments.put(segment.number(), segment);
        order.addLast(segment);
    }

    private static long place(TreeSegment segment, TreeSegment.Place record) {
        long length = (record.end() - record.offset()) / TreeSegment.UNIT;
        return ((long) segment.number() << SEGMENT_SHIFT)
                | ((record.offset() / TreeSegment.UNIT) << LENGTH_BITS)
                | length;
    }

    /** Whether the tree is here. */
    synchronized boolean has(BlobId id) {
        return table.find(TreeTable.key(id)) != TreeTable.NOWHERE;
    }

    /** The tree's sealed bytes, not checked; empty when it is not here. */
    Optional<SealedTree> read(BlobId id) {
        long place;
        TreeSegment segment;
        synchronized (this) {
            place = table.find(TreeTable.key(id));
            table.mark(TreeTable.key(id), TreeTable.USED);
            segment = segments.get((int) (place >>> SEGMENT_SHIFT));
        }
        if (place == TreeTable.NOWHERE || segment == null) {
            return Optional.empty();
        }
        try {
            Optional<SealedTree> found = read(id, place, segment);
            if (found.isEmpty()) {
                drop(id);
            }
            return found;
        } catch (IOException e) {
            LOG.warn("cannot read a directory from local disk directory={} cause={}", directory, e.toString());
            return Optional.empty();
        }
    }

    private static Optional<SealedTree> read(BlobId id, long place, TreeSegment segment) throws IOException {
        long offset = ((place >>> LENGTH_BITS) & ((1L << OFFSET_BITS) - 1)) * TreeSegment.UNIT;
        int length = Math.toIntExact((place & ((1L << LENGTH_BITS) - 1)) * TreeSegment.UNIT);
        return segment.read(id, offset, length);
    }

    /** Forgets a tree that was found damaged. */
    synchronized void drop(BlobId id) {
        if (has(id)) {
            table.put(TreeTable.key(id), TreeTable.NOWHERE);
            LOG.warn("dropped a damaged directory from local disk directory={} tree={}", directory, id);
            forgetComplete();
        }
    }

    /** Keeps a tree; one that was opened before, as what is here counts as good. */
    synchronized void keep(SealedTree tree) throws IOException {
        if (tree.length() > maxBytes / LEAST_SEGMENTS || has(tree.id())) {
            return;
        }
        append(tree);
        evict();
    }

    private void append(SealedTree tree) throws IOException {
        TreeSegment last = order.peekLast();
        if (last == null || (last.length() > 0 && last.length() + tree.length() > segmentBytes())) {
            int number = last == null ? 1 : last.number() + 1;
            if (number >= MAX_NUMBER) {
                throw new IOException("cannot keep directories in " + directory + ": " + number + " files were made vs "
                        + MAX_NUMBER + "; remove the directory while the daemon is stopped, it is made anew");
            }
            last = TreeSegment.create(directory.resolve(String.format(Locale.ROOT, "trees-%08d", number)), number);
            add(last);
        }
        long before = last.length();
        TreeSegment.Place record = last.append(tree);
        bytes += last.length() - before;
        table.put(TreeTable.key(tree.id()), place(last, record));
    }

    private long segmentBytes() {
        return Math.min(MAX_SEGMENT, maxBytes / LEAST_SEGMENTS);
    }

    /**
     * The oldest segments go; trees of theirs that were used since they were written are written once more, at most half
     * of what is won.
     */
    private void evict() throws IOException {
        while (bytes > maxBytes && order.size() > 1) {
            TreeSegment oldest = order.removeFirst();
            forgetComplete();
            long room = oldest.length() / 2;
            bytes -= oldest.length();
            for (TreeSegment.Place record : records(oldest)) {
                long key = TreeTable.key(record.id());
                if (table.find(key) != place(oldest, record)) {
                    continue;
                }
                boolean isUsed = table.has(key, TreeTable.USED);
                Optional<SealedTree> used = isUsed && record.length() <= room
                        ? oldest.read(record.id(), record.offset(), (int) (record.end() - record.offset()))
                        : Optional.empty();
                table.put(key, TreeTable.NOWHERE);
                if (used.isPresent()) {
                    room -= record.length();
                    append(used.get());
                }
            }
            segments.remove(oldest.number());
            oldest.delete();
        }
    }

    private static List<TreeSegment.Place> records(TreeSegment segment) throws IOException {
        List<TreeSegment.Place> all = new ArrayList<>();
        segment.scan(all::add);
        return all;
    }

    /** Whether the tree and all below it were here when that was said last, and nothing has gone since. */
    synchronized boolean isComplete(BlobId id) {
        return table.has(TreeTable.key(id), TreeTable.COMPLETE);
    }

    /**
     * Remembers, over restarts too, that each of these trees has all below it here. Not done when one of them has gone
     * meanwhile.
     *
     * @param keys as {@link TreeTable#key} makes them
     */
    synchronized void complete(long[] keys) throws IOException {
        for (long key : keys) {
            if (table.find(key) == TreeTable.NOWHERE) {
                return;
            }
        }
        for (TreeSegment segment : order) {
            segment.force();
        }
        complete.append(keys);
        for (long key : keys) {
            table.mark(key, TreeTable.COMPLETE);
        }
    }

    private void forgetComplete() {
        table.clear(TreeTable.COMPLETE);
        try {
            complete.clear();
        } catch (IOException e) {
            LOG.warn("cannot forget which directories are complete directory={} cause={}", directory, e.toString());
        }
    }

    /** Bytes on disk. */
    synchronized long bytes() {
        return bytes;
    }

    @Override
    public synchronized void close() throws IOException {
        for (TreeSegment segment : order) {
            segment.close();
        }
        segments.clear();
    }
}
