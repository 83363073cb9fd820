package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.change.DirtyRanges.Range;
import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.JavaCutFinder;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.repository.BlobSink;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is done to a file, reading around it gives the chunks that reading all of it gives. */
@Timeout(600)
class PartReaderTest {
    private static final int MIB = 1 << 20;
    private static final int BLOCK = 128 << 10;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");

    /** An edit: the new content, and the ranges a stream would tell of. */
    private static final class Edited {
        final byte[] content;
        final List<Range> dirty;
        final String how;

        Edited(byte[] content, List<Range> dirty, String how) {
            this.content = content;
            this.dirty = dirty;
            this.how = how;
        }
    }

    /** A file of these bytes. */
    private static final class Content implements SourceFile {
        private final byte[] bytes;
        private int position;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public SourceStat stat() {
            throw new UnsupportedOperationException("not asked by readers");
        }

        @Override
        public int read(byte[] into, int at, int length) {
            if (position >= bytes.length) {
                return -1;
            }
            int n = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, into, at, n);
            position += n;
            return n;
        }

        @Override
        public void position(long offset) {
            position = (int) offset;
        }

        @Override
        public List<Xattr> xattrs() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void someEditsGiveTheChunksOfAWholeRead() throws Exception {
        edit(1, 2, 15);
    }

    @Test
    @Tag("slow")
    void fiveHundredEditsGiveTheChunksOfAWholeRead() throws Exception {
        edit(100, 50, 10);
    }

    /** Each file in a repository of its own, as everything is kept in memory. */
    private void edit(long firstSeed, int files, int editsEach) throws Exception {
        long saved = 0;
        for (long seed = firstSeed; seed < firstSeed + files; seed++) {
            try (Repository repository =
                    new Repositories(Engines.engine(clock)).init(MemoryBackend.ready(), Engines.password())) {
                saved += edit(seed, editsEach, repository);
            }
        }
        assertThat(saved).as("bytes not read, as a half of all").isPositive();
    }

    /** Gives half of what reading it all each time would have read, less what was. */
    private static long edit(long seed, int edits, Repository repository) throws Exception {
        long saved = 0;
        Random random = new Random(seed);
        byte[] content = begin(random);
        AtomicLong read = new AtomicLong();
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            FileReader reader = new FileReader(
                    new Chunker(new JavaCutFinder(new ChunkTables(repository.polynomial()))),
                    new ChunkSaver(sink, Runnable::run, 1),
                    read::addAndGet);
            Node.FileBody whole = whole(reader, content);
            for (int i = 0; i < edits; i++) {
                sink.flush();
                KnownChunks old =
                        KnownChunks.of(node(whole), repository.reader()).orElseThrow();
                Edited edited = any(content, cuts(old), random);
                read.set(0);
                Node.FileBody parts = parts(reader, old, edited);
                String what = "seed " + seed + " edit " + i + ": " + edited.how;
                assertThat(read.get()).as(what).isLessThanOrEqualTo(most(edited));
                saved += edited.content.length / 2 - read.get();
                whole = whole(reader, edited.content);
                assertThat(parts).as(what).isEqualTo(whole);
                content = edited.content;
            }
        }
        return saved;
    }

    /** What changed, and around each change the chunk it begins in, the next one, and what is read ahead. */
    private static long most(Edited edited) {
        long dirty = edited.dirty.stream().mapToLong(Range::length).sum();
        return Math.min(edited.content.length, dirty + (edited.dirty.size() + 1) * (2L * Chunker.MAX + MIB));
    }

    private static Node node(Node.FileBody body) {
        Instant time = Instant.EPOCH;
        Metadata metadata = new Metadata(0644, time, time, time, 0, 0, "", "", 7, 0, 1, List.of(), Map.of());
        return new Node(RawName.ofText("f"), metadata, body);
    }

    private static byte[] begin(Random random) {
        byte[] content = new byte[8 * MIB + random.nextInt(16 * MIB)];
        random.nextBytes(content);
        if (random.nextBoolean()) {
            int from = random.nextInt(content.length / 2);
            Arrays.fill(content, from, Math.min(content.length, from + 9 * MIB), (byte) 0); // no cut but at the longest
        }
        return content;
    }

    private static List<Long> cuts(KnownChunks old) {
        List<Long> cuts = new ArrayList<>();
        for (int chunk = old.startingAt(0); chunk >= 0; chunk = old.startingAt(old.end(chunk))) {
            cuts.add(old.end(chunk));
        }
        return cuts;
    }

    private static Edited any(byte[] content, List<Long> cuts, Random random) {
        int places = 1 + random.nextInt(3);
        byte[] now = content;
        List<Range> dirty = new ArrayList<>();
        StringBuilder how = new StringBuilder("of " + content.length);
        for (int i = 0; i < places; i++) {
            now = one(now, cuts, random, dirty, how);
        }
        int size = now.length;
        return new Edited(now, joined(dirty, size), how.toString());
    }

    private static byte[] one(byte[] was, List<Long> cuts, Random random, List<Range> dirty, StringBuilder how) {
        int at = place(was.length, cuts, random);
        int length = 1 + (random.nextInt(4) == 0 ? random.nextInt(2 * MIB) : random.nextInt(5000));
        int end = Math.min(was.length, at + length);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> {
                how.append(", write ").append(at).append('-').append(end);
                byte[] now = was.clone();
                byte[] fresh = new byte[end - at];
                random.nextBytes(fresh);
                System.arraycopy(fresh, 0, now, at, fresh.length);
                return told(now, at, end, random, dirty);
            }
            case 5, 6 -> {
                how.append(", zero ").append(at).append('-').append(end);
                byte[] now = was.clone();
                Arrays.fill(now, at, end, (byte) 0);
                return told(now, at, end, random, dirty);
            }
            case 7 -> {
                int size = Math.max(at, 6 * MIB);
                how.append(", truncate ").append(size);
                byte[] now = Arrays.copyOf(was, Math.min(size, was.length));
                dirty.add(new Range(now.length, Long.MAX_VALUE - now.length));
                return told(now, now.length / BLOCK * BLOCK, now.length, random, dirty);
            }
            case 8, 9 -> {
                how.append(", append ").append(length);
                byte[] now = Arrays.copyOf(was, was.length + length);
                byte[] fresh = new byte[length];
                random.nextBytes(fresh);
                System.arraycopy(fresh, 0, now, was.length, length);
                return told(now, was.length, now.length, random, dirty);
            }
            case 10 -> {
                how.append(", hole behind of ").append(length);
                // Nothing is written: a stream tells of no range at all.
                return Arrays.copyOf(was, Math.min(was.length + length, 40 * MIB));
            }
            default -> {
                how.append(", all");
                byte[] now = new byte[was.length];
                random.nextBytes(now);
                dirty.add(new Range(0, now.length));
                return now;
            }
        }
    }

    /** Anywhere, at the ends, or at a cut or beside it. */
    private static int place(int size, List<Long> cuts, Random random) {
        int at = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> size - 1;
            case 2, 3 -> (int) (long) cuts.get(random.nextInt(cuts.size())) + random.nextInt(3) - 1;
            default -> random.nextInt(size);
        };
        return Math.max(0, Math.min(at, size - 1));
    }

    /** The range is told exactly, or as the blocks it lies in. */
    private static byte[] told(byte[] now, int from, int to, Random random, List<Range> dirty) {
        if (from < to) {
            boolean blocks = random.nextBoolean();
            long first = blocks ? from / BLOCK * (long) BLOCK : from;
            long end = blocks ? (to + BLOCK - 1) / BLOCK * (long) BLOCK : to;
            dirty.add(new Range(first, end - first));
        }
        return now;
    }

    /** As they are told in the end: ascending, apart, up to the size. */
    private static List<Range> joined(List<Range> any, int size) {
        List<Range> sorted = new ArrayList<>(any);
        sorted.sort(java.util.Comparator.comparingLong(Range::offset));
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            long end = Math.min(size, range.end());
            if (range.offset() >= end) {
                continue;
            }
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).end() >= range.offset()) {
                long from = joined.get(last).offset();
                joined.set(last, new Range(from, Math.max(joined.get(last).end(), end) - from));
            } else {
                joined.add(new Range(range.offset(), end - range.offset()));
            }
        }
        return joined;
    }

    private interface Way {
        void read(FileReading reading) throws Exception;
    }

    private static Node.FileBody body(Way way) throws Exception {
        AtomicReference<Node.FileBody> result = new AtomicReference<>();
        FileReading reading = new FileReading((body, cause) -> result.set(body));
        way.read(reading);
        reading.ended();
        return result.get();
    }

    private static Node.FileBody whole(FileReader reader, byte[] content) throws Exception {
        return body(reading -> reader.read(new Content(content), reading));
    }

    private static Node.FileBody parts(FileReader reader, KnownChunks old, Edited edited) throws Exception {
        return body(reading -> new PartReader(old, edited.content.length, edited.dirty)
                .read(new Content(edited.content), reader, reading));
    }
}
