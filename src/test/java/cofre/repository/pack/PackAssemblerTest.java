package cofre.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.PackHeaderCodec;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PackAssemblerTest {
    private static final int SIZE = 10_000;

    private final PackBuffers stock = new PackBuffers(SIZE, 3);
    private final List<PackBuffer> ready = Collections.synchronizedList(new ArrayList<>());
    private final PackAssembler assembler = new PackAssembler(stock, ready::add);

    private static BlobHandle blob(int number) {
        return BlobHandle.data(new BlobId(new Sha256(number, 0, 0, 0)));
    }

    private void put(int number, int length) throws InterruptedException {
        PackBuffer.Slot slot = assembler.reserve(blob(number), length, 0);
        Arrays.fill(slot.bytes(), slot.offset(), slot.offset() + length, (byte) number);
        assembler.fill(slot);
    }

    @Test
    void aPackIsFilledToTheLastByteItsHeaderLeaves() throws Exception {
        int exact = SIZE - PackBuffers.headerBound(1);
        put(1, exact);
        assertThat(ready).isEmpty();
        put(2, 100); // no room beside it
        assertThat(ready)
                .singleElement()
                .satisfies(pack -> assertThat(pack.used()).isEqualTo(exact));
    }

    @Test
    void theHeaderAlwaysHasItsRoom() throws Exception {
        for (int i = 0; i < 1000; i++) {
            put(i, 32 + i % 3);
            for (PackBuffer pack : List.copyOf(ready)) {
                int header = pack.blobs().stream()
                        .mapToInt(PackHeaderCodec::entryLength)
                        .sum();
                assertThat(pack.used() + header + 36).isLessThanOrEqualTo(SIZE);
                ready.remove(pack);
                stock.release(pack);
            }
        }
    }

    @Test
    void aGiantGetsAPackOfItsOwn() throws Exception {
        put(1, 100);
        put(2, 5 * SIZE);
        put(3, 100);
        assembler.flush();
        assertThat(ready).extracting(pack -> pack.blobs().size()).containsExactly(1, 1, 1);
        assertThat(ready.get(1).bytes()).hasSizeGreaterThan(5 * SIZE);
        ready.forEach(stock::release); // the giant's memory does not join the stock
        for (int i = 0; i < 3; i++) {
            assertThat(stock.take(10).bytes()).hasSize(SIZE);
        }
    }

    @Test
    void aPackIsHandedOnByWhoeverFillsItsLastRoom() throws Exception {
        PackBuffer.Slot slow = assembler.reserve(blob(1), 100, 0);
        PackBuffer.Slot quick = assembler.reserve(blob(2), 100, 0);
        assembler.fill(quick);
        assembler.flush();
        assertThat(ready).isEmpty();
        assembler.fill(slow);
        assertThat(ready).hasSize(1);
        assembler.flush();
        assertThat(ready).hasSize(1);
    }

    @Test
    void whoeverFindsNoMemoryWaitsUntilAnUploadIsDone() throws Exception {
        for (int i = 0; i < 3; i++) {
            put(i, 9_000);
        }
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> waiting = other.submit(() -> {
            put(3, 9_000);
            return null;
        });
        Await.until("two packs are ready", Duration.ofSeconds(10), () -> ready.size() == 3);
        assertThat(waiting.isDone()).isFalse();
        stock.release(ready.get(0));
        waiting.get(10, TimeUnit.SECONDS);
        other.shutdown();
    }

    @Test
    void brokenWaitsEndNowAndLater() throws Exception {
        for (int i = 0; i < 3; i++) {
            put(i, 9_000);
        }
        ExecutorService others = Executors.newFixedThreadPool(4);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(others.submit(() -> {
                put(9, 9_000);
                return null;
            }));
        }
        stock.breakWaits();
        for (Future<?> one : waiting) {
            assertThatThrownBy(() -> one.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> put(4, 9_000)).isInstanceOf(IllegalStateException.class);
        others.shutdown();
    }

    @Test
    void manyThreadsFillPacksWithoutGapOrOverlap() throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<PackBuffer> checked = Collections.synchronizedList(new ArrayList<>());
        PackAssembler shared = new PackAssembler(stock, pack -> {
            int end = 0;
            for (PackedBlob placed : pack.blobs()) {
                byte mark = (byte) placed.blob().id().hash().a();
                assertThat(placed.offset()).isEqualTo(end);
                for (int i = 0; i < placed.length(); i++) {
                    assertThat(pack.bytes()[end + i] == mark).isTrue();
                }
                end += placed.length();
            }
            assertThat(end).isEqualTo(pack.used());
            checked.add(new PackBuffer(new byte[pack.blobs().size()]));
            stock.release(pack);
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            all.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < 20_000; i = next.getAndIncrement()) {
                    int length = 32 + i % 500;
                    PackBuffer.Slot slot = shared.reserve(blob(i), length, 0);
                    Arrays.fill(slot.bytes(), slot.offset(), slot.offset() + length, (byte) i);
                    shared.fill(slot);
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(50, TimeUnit.SECONDS);
        }
        shared.flush();
        threads.shutdown();
        assertThat(checked.stream().mapToInt(pack -> pack.bytes().length).sum()).isEqualTo(20_000);
    }
}
