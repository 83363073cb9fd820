package cofre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.FakeTime;
import cofre.testkit.MemoryBackend;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottledBackendTest {
    private static final int MIB = 1 << 20;

    private final FakeTime time = new FakeTime();
    private final AtomicLong rate = new AtomicLong(MIB);
    private final MemoryBackend inner = MemoryBackend.ready();
    private final Backend store = new ThrottledBackend(inner, limiter(), limiter());

    private RateLimiter limiter() {
        return new RateLimiter(rate::get, time, time);
    }

    private Duration passed() {
        return Duration.ofNanos(time.getAsLong());
    }

    private FileHandle put(int bytes, int seed) throws Exception {
        byte[] content = StoreBytes.random(bytes, seed);
        FileHandle file = StoreBytes.handle(FileType.DATA, content);
        store.put(file, Payload.of(content));
        assertThat(inner.get(file, bytes)).isEqualTo(content);
        return file;
    }

    @Test
    void uploadsAreEvenAndAsFastAsAllowed() throws Exception {
        put(10 * MIB, 1);
        assertThat(passed()).isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
        assertThat(time.pauses()).as("a slice at a time").allMatch(pause -> pause.toMillis() < 20);
    }

    @Test
    void downloadsAreAsFastAsAllowedOnAverage() throws Exception {
        rate.set(0);
        FileHandle file = put(4 * MIB, 1);
        assertThat(passed()).as("no limit").isZero();
        rate.set(MIB);
        assertThat(store.get(file, 4 * MIB)).hasSize(4 * MIB);
        assertThat(passed()).as("the first waits for nobody").isZero();
        byte[] into = new byte[MIB];
        for (int i = 0; i < 4; i++) {
            store.read(file, 0, into, 0, MIB);
        }
        assertThat(passed()).isBetween(Duration.ofMillis(6_900), Duration.ofMillis(7_100));
    }

    @Test
    void anotherRateHoldsAtOnceAlsoForThoseWhoWait() throws Exception {
        rate.set(64 << 10);
        FileHandle file = put(64 << 10, 2);
        Duration before = passed();
        inner.put(
                StoreBytes.handle(FileType.DATA, StoreBytes.random(40 * MIB, 3)),
                Payload.of(StoreBytes.random(40 * MIB, 3)));
        store.get(StoreBytes.handle(FileType.DATA, StoreBytes.random(40 * MIB, 3)), 40 * MIB);
        rate.set(40 * MIB);
        store.get(file, 64 << 10);
        assertThat(passed().minus(before)).isLessThan(Duration.ofMillis(1_100));
    }

    @Test
    void anInterruptEndsTheWaitAndStays() throws Exception {
        rate.set(64 << 10);
        Thread.currentThread().interrupt();
        put(MIB, 4);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(passed()).isZero();
    }
}
