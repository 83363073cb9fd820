package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.Sha256;
import cofre.progress.Progress;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashingBackend;
import cofre.testkit.Engines;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedCrash;
import cofre.testkit.StoreBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlobSinkTest {
    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemoryBackend store = MemoryBackend.ready();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private Repository first;
    private Backend ordered;

    @BeforeEach
    void makeRepository() throws Exception {
        first = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        ordered = OrderedStore.over(store, first);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Repository over(Backend backend) {
        return Reopened.of(first, backend, Engines.engine(clock));
    }

    private static BlobId save(BlobSink sink, byte[] bytes) throws Exception {
        return sink.save(BlobType.DATA, bytes, 0, bytes.length);
    }

    private List<String> stored(FileType type) {
        List<String> names = new ArrayList<>();
        store.list(type, file -> names.add(file.name()));
        return names;
    }

    @Test
    void whatManyThreadsSaveAtOnceIsKeptOnceAndComesBack() throws Exception {
        Repository repository = over(ordered);
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 300; i++) { // the same for all threads
                        byte[] bytes = StoreBytes.random(20_000 + i, i);
                        assertThat(save(sink, bytes).hash()).isEqualTo(Sha256.hash(bytes));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
            sink.flush();
            assertThat(sink.counts().dataBlobs()).isEqualTo(300);
        }
        Repository fresh = over(store);
        fresh.loadIndex(Progress.NONE);
        assertThat(fresh.index().packs().stream().mapToInt(use -> use.blobs()).sum())
                .isEqualTo(300);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = StoreBytes.random(20_000 + i, i);
            assertThat(fresh.reader().read(BlobHandle.data(new BlobId(Sha256.hash(bytes)))))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void theBytesMayBeOverwrittenAtOnce() throws Exception {
        Repository repository = over(ordered);
        byte[] bytes = StoreBytes.random(100_000, 1);
        byte[] copy = bytes.clone();
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            BlobId id = save(sink, bytes);
            java.util.Arrays.fill(bytes, (byte) 0);
            sink.flush();
            assertThat(repository.reader().read(BlobHandle.data(id))).isEqualTo(copy);
        }
    }

    @Test
    void anUploadThatFailsReachesEveryCallerAndTheFlush() throws Exception {
        FaultyBackend faulty = new FaultyBackend(ordered);
        Repository repository = over(faulty);
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            faulty.failBefore(Operation.PUT, 1000, () -> new BackendException.NoSpace("cannot store: full", null));
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int seed = t * 1000;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) { // far more than all packs there may be at once
                        save(sink, StoreBytes.random(1 << 20, seed + i));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                assertThatThrownBy(() -> one.get(50, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(BackendException.NoSpace.class);
            }
            assertThatThrownBy(sink::flush).isInstanceOf(BackendException.NoSpace.class);
            assertThatThrownBy(() -> save(sink, new byte[] {1})).isInstanceOf(BackendException.NoSpace.class);
        }
        assertThat(stored(FileType.DATA)).isEmpty();
        assertThat(stored(FileType.INDEX)).isEmpty();
    }

    @Test
    void anIndexThatCannotBeWrittenFailsTheFlush() throws Exception {
        FaultyBackend faulty = new FaultyBackend(ordered);
        Repository repository = over(faulty);
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            save(sink, StoreBytes.random(1000, 1));
            faulty.before(Operation.PUT, 1, () -> {}); // the pack
            faulty.failBefore(Operation.PUT, 1, () -> new BackendException.Refused("cannot store: no", null));
            assertThatThrownBy(sink::flush).isInstanceOf(BackendException.Refused.class);
        }
    }

    @Test
    void aSaveThatIsInterruptedFailsTheWhole() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        FaultyBackend faulty = new FaultyBackend(ordered);
        Repository repository = over(faulty);
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            faulty.before(Operation.PUT, 100, () -> {
                try {
                    stuck.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            byte[][] last = new byte[1][];
            Future<?> saving = threads.submit(() -> {
                for (int i = 0; ; i++) {
                    last[0] = StoreBytes.random(1 << 20, i);
                    save(sink, last[0]); // waits for memory in the end
                }
            });
            cofre.testkit.Await.until(
                    "all memory is taken",
                    java.time.Duration.ofSeconds(20),
                    () -> sink.counts().dataBlobs() >= 12);
            threads.shutdownNow();
            assertThatThrownBy(() -> saving.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
            stuck.countDown();
            // The blob it was about to save counts as under way: nobody may be told that it is kept.
            assertThatThrownBy(() -> save(sink, last[0])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(sink::flush).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anErrorInAnUploadIsThrownAsItIs() throws Exception {
        CrashPoint point = new CrashPoint(5, CrashPoint.Moment.BEFORE); // after the four of taking the lock
        Repository repository = over(new CrashingBackend(ordered, point));
        RepositoryLock lock = repository.lockShared();
        BlobSink sink = repository.newSink(lock);
        save(sink, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> {
                    sink.flush();
                    sink.flush();
                    save(sink, new byte[] {4});
                })
                .isInstanceOf(SimulatedCrash.class);
        sink.close();
    }

    @Test
    void aLostLockStopsTheUploads() throws Exception {
        Repository repository = over(ordered);
        try (RepositoryLock lock = repository.lockShared();
                BlobSink sink = repository.newSink(lock)) {
            save(sink, StoreBytes.random(1000, 1));
            store.delete(new cofre.storage.FileHandle(
                    FileType.LOCKS, stored(FileType.LOCKS).get(0)));
            clock.advance(java.time.Duration.ofHours(1));
            assertThatThrownBy(sink::flush).isInstanceOf(RepositoryException.Locked.class);
        }
        assertThat(stored(FileType.DATA)).isEmpty();
    }
}
