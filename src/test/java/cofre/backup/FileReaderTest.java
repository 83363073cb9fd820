package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.chunk.ChunkTables;
import cofre.chunk.Chunker;
import cofre.chunk.JavaCutFinder;
import cofre.chunk.PlainChunker;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.repository.BlobSink;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.source.SourceException;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FileReaderTest {
    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final Random random = new Random(3);

    /** A file that gives as much as it likes at each read, and may fail. */
    private final class Moody implements SourceFile {
        private final byte[] content;
        private final int most;
        private final int failAt;
        private int position;

        Moody(byte[] content, int most, int failAt) {
            this.content = content;
            this.most = most;
            this.failAt = failAt;
        }

        @Override
        public SourceStat stat() {
            throw new UnsupportedOperationException("not asked by the reader");
        }

        @Override
        public int read(byte[] into, int at, int length) throws SourceException {
            if (position >= failAt) {
                throw new SourceException.FileUnreadable("cannot read: I/O error", null);
            }
            if (position == content.length) {
                return -1;
            }
            int n = Math.min(1 + random.nextInt(Math.min(most, length)), content.length - position);
            System.arraycopy(content, position, into, at, n);
            position += n;
            return n;
        }

        @Override
        public void position(long offset) {
            position = (int) Math.min(offset, content.length);
        }

        @Override
        public List<cofre.format.Xattr> xattrs() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void cutsAsIfTheFileWereReadAtOnce() throws Exception {
        try (Repository repository =
                        new Repositories(Engines.engine(clock)).init(MemoryBackend.ready(), Engines.password());
                RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            ExecutorService helpers = Executors.newFixedThreadPool(2);
            AtomicLong read = new AtomicLong();
            FileReader reader = reader(repository, sink, helpers, read);
            byte[] content = StoreBytes.random(21 << 20, 5);
            Arrays.fill(content, 9 << 20, 19 << 20, (byte) 0xff); // without a cut for longer than a chunk may be
            List<Integer> lengths = PlainChunker.lengths(repository.polynomial().bits(), content);
            assertThat(lengths).contains(Chunker.MAX);
            for (int most : new int[] {1 << 30, 1 << 19, 70_001, 9_973}) {
                read.set(0);
                Node.FileBody body = read(reader, new Moody(content, most, Integer.MAX_VALUE));
                sink.flush();
                assertThat(body.size()).isEqualTo(content.length);
                assertThat(read.get()).isEqualTo(content.length);
                assertChunks(repository, body, content, lengths);
            }
            helpers.shutdown();
        }
    }

    @Test
    void smallFilesAreOneChunkAndEmptyOnesNone() throws Exception {
        try (Repository repository =
                        new Repositories(Engines.engine(clock)).init(MemoryBackend.ready(), Engines.password());
                RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            ExecutorService helpers = Executors.newFixedThreadPool(2);
            FileReader reader = reader(repository, sink, helpers, new AtomicLong());
            for (int length : new int[] {0, 1, Chunker.MIN - 1, Chunker.MIN}) {
                byte[] content = StoreBytes.random(length, 6);
                Node.FileBody body = read(reader, new Moody(content, 100_000, Integer.MAX_VALUE));
                assertThat(body.size()).isEqualTo(length);
                assertThat(body.content()).hasSize(length == 0 ? 0 : 1);
            }
            helpers.shutdown();
        }
    }

    @Test
    void aReadThatFailsLeavesTheReaderFitForTheNextFile() throws Exception {
        try (Repository repository =
                        new Repositories(Engines.engine(clock)).init(MemoryBackend.ready(), Engines.password());
                RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            ExecutorService helpers = Executors.newFixedThreadPool(2);
            FileReader reader = reader(repository, sink, helpers, new AtomicLong());
            byte[] content = StoreBytes.random(5 << 20, 7);
            List<Integer> lengths = PlainChunker.lengths(repository.polynomial().bits(), content);
            for (int failAt : new int[] {0, 1, 600_000, 3_000_000, content.length}) {
                AtomicReference<Throwable> failure = new AtomicReference<>();
                FileReading reading = new FileReading((body, cause) -> failure.set(cause));
                try {
                    reader.read(new Moody(content, 50_000, failAt), reading);
                    throw new AssertionError("the failure is lost");
                } catch (SourceException.FileUnreadable e) {
                    reading.fail(e);
                    reading.ended();
                }
                Node.FileBody body = read(reader, new Moody(content, 50_000, Integer.MAX_VALUE));
                sink.flush();
                assertThat(failure.get()).isInstanceOf(SourceException.FileUnreadable.class);
                assertChunks(repository, body, content, lengths);
            }
            helpers.shutdown();
        }
    }

    private static FileReader reader(Repository repository, BlobSink sink, ExecutorService helpers, AtomicLong read) {
        return new FileReader(
                new Chunker(new JavaCutFinder(new ChunkTables(repository.polynomial()))),
                new ChunkSaver(sink, helpers, 2),
                read::addAndGet);
    }

    private static Node.FileBody read(FileReader reader, SourceFile file) throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        AtomicReference<Node.FileBody> result = new AtomicReference<>();
        FileReading reading = new FileReading((body, cause) -> {
            result.set(body);
            finished.countDown();
        });
        reader.read(file, reading);
        reading.ended();
        assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue();
        return result.get();
    }

    private static void assertChunks(Repository repository, Node.FileBody body, byte[] content, List<Integer> lengths)
            throws Exception {
        List<Integer> got = new ArrayList<>();
        int at = 0;
        for (BlobId id : body.content()) {
            byte[] chunk = repository.reader().read(BlobHandle.data(id));
            assertThat(Arrays.equals(chunk, 0, chunk.length, content, at, at + chunk.length))
                    .isTrue();
            at += chunk.length;
            got.add(chunk.length);
        }
        assertThat(got).isEqualTo(lengths);
    }
}
