package cofre.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.CountingBackend.Operation;
import cofre.testkit.FakeTime;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RetryingBackendTest {
    private static final byte[] BYTES = StoreBytes.random(100, 1);
    private static final FileHandle FILE = StoreBytes.handle(FileType.DATA, BYTES);

    private final MemoryBackend store = MemoryBackend.ready();
    private final FaultyBackend faulty = new FaultyBackend(store);
    private final CountingBackend counting = new CountingBackend(faulty);
    private final FakeTime time = new FakeTime();
    private final Backend retrying = new RetryingBackend(counting, RetryPolicy.DEFAULT, time, time, new Random(1));

    @Test
    void doublesItsPausesWithJitterUpToAMinute() {
        faulty.failBefore(Operation.GET, 1000, unreachable());
        assertThatThrownBy(() -> retrying.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
        List<Duration> pauses = time.pauses();
        long base = 1000;
        for (Duration pause : pauses) {
            assertThat(pause.toMillis()).isBetween(base / 2, base * 3 / 2);
            base = Math.min(60_000, 2 * base);
        }
        Duration all = pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(all).isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
        assertThat(pauses).doesNotHaveDuplicates();
    }

    @Test
    void succeedsWhenTheStoreComesBack() throws Exception {
        store.plant(FILE, BYTES);
        faulty.failBefore(Operation.GET, 5, unreachable());
        assertThat(retrying.get(FILE, 100)).isEqualTo(BYTES);
        assertThat(time.pauses()).hasSize(5);
        assertThat(faulty.isSpent()).isTrue();
    }

    @Test
    void retriesEveryOperation() throws Exception {
        store.plant(FILE, BYTES);
        for (Operation operation : Operation.values()) {
            faulty.failBefore(operation, 2, unreachable());
        }
        List<FileInfo> rows = new ArrayList<>();
        byte[] into = new byte[100];
        retrying.create();
        retrying.list(FileType.DATA, rows::add);
        retrying.read(FILE, 0, into, 0, 100);
        assertThat(retrying.size(FILE)).isEqualTo(100);
        assertThat(retrying.get(FILE, 100)).isEqualTo(into).isEqualTo(BYTES);
        retrying.delete(FILE);
        retrying.put(FILE, Payload.of(BYTES));
        assertThat(rows).containsExactly(new FileInfo(FILE.name(), 100));
        assertThat(time.pauses()).hasSize(14);
    }

    @Test
    void waitsAsLongAsTheStoreAsks() throws Exception {
        store.plant(FILE, BYTES);
        faulty.failBefore(
                Operation.SIZE, 1, () -> new BackendException.Unreachable("busy", null, Duration.ofSeconds(77)));
        retrying.size(FILE);
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(77));
    }

    @Test
    void givesUpAtOnceWhenTheStoreAsksForMoreThanIsLeft() {
        faulty.failBefore(
                Operation.SIZE, 1, () -> new BackendException.Unreachable("busy", null, Duration.ofMinutes(16)));
        assertThatThrownBy(() -> retrying.size(FILE)).hasMessage("busy");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void countsTheTimeOfTheTriesThemselves() {
        faulty.failBefore(Operation.GET, 9, unreachable(() -> time.advance(Duration.ofMinutes(6))));
        assertThatThrownBy(() -> retrying.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
        assertThat(time.pauses()).hasSize(2);
    }

    static Stream<BackendException> permanent() {
        return Stream.of(
                new BackendException.NotFound("n"),
                new BackendException.Refused("r", null),
                new BackendException.NoSpace("s", null),
                new BackendException.Corrupt("c", null),
                new BackendException.AlreadyExists("a"));
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void neverRetriesWhatWillNotChange(BackendException error) {
        faulty.failBefore(Operation.PUT, 1, () -> error);
        assertThatThrownBy(() -> retrying.put(FILE, Payload.of(BYTES))).isSameAs(error);
        assertThat(time.pauses()).isEmpty();
        assertThat(counting.count(Operation.PUT, FileType.DATA).failures()).isEqualTo(1);
    }

    @Test
    void triesDamageThreeTimes() {
        faulty.failBefore(Operation.GET, 9, () -> new BackendException.TransferDamage("d", null));
        assertThatThrownBy(() -> retrying.get(FILE, 100)).isInstanceOf(BackendException.Corrupt.class);
        assertThat(counting.count(Operation.GET, FileType.DATA).failures()).isEqualTo(3);
    }

    @Test
    void aLostAnswerToAnUploadIsASuccess() throws Exception {
        faulty.failAfter(Operation.PUT, 1, unreachable());
        retrying.put(FILE, Payload.of(BYTES));
        assertThat(store.get(FILE, 100)).isEqualTo(BYTES);
        assertThat(counting.count(Operation.GET, FileType.DATA).calls())
                .as("compared")
                .isEqualTo(1);
    }

    @Test
    void aLostAnswerToALargeUploadIsJudgedByItsLength() throws Exception {
        byte[] large = StoreBytes.random(2 << 20, 2);
        FileHandle file = StoreBytes.handle(FileType.DATA, large);
        faulty.failAfter(Operation.PUT, 1, unreachable());
        retrying.put(file, Payload.of(large));
        assertThat(counting.total(Operation.GET).calls()).isZero();
        assertThat(counting.total(Operation.SIZE).calls()).isEqualTo(1);
    }

    @Test
    void aFileThatWasThereBeforeIsNoSuccess() {
        store.plant(FILE, BYTES);
        assertThatThrownBy(() -> retrying.put(FILE, Payload.of(BYTES)))
                .isInstanceOf(BackendException.AlreadyExists.class);
    }

    @Test
    void replacesATornFileOfItsOwnEarlierTry() throws Exception {
        faulty.failBefore(Operation.PUT, 1, unreachable(() -> store.plant(FILE, new byte[] {1, 2, 3})));
        retrying.put(FILE, Payload.of(BYTES));
        assertThat(store.get(FILE, 100)).isEqualTo(BYTES);
    }

    @Test
    void replacesAFileOfTheSameLengthAndOtherContent() throws Exception {
        faulty.failBefore(Operation.PUT, 1, unreachable(() -> store.plant(FILE, new byte[100])));
        retrying.put(FILE, Payload.of(BYTES));
        assertThat(store.get(FILE, 100)).isEqualTo(BYTES);
    }

    @Test
    void neverRemovesAConfig() throws Exception {
        faulty.failBefore(Operation.PUT, 1, unreachable(() -> store.plant(FileHandle.CONFIG, new byte[] {9})));
        assertThatThrownBy(() -> retrying.put(FileHandle.CONFIG, Payload.of(BYTES)))
                .isInstanceOf(BackendException.AlreadyExists.class);
        assertThat(store.get(FileHandle.CONFIG, 100)).containsExactly(9);
    }

    @Test
    void knowsItsOwnConfigAgain() throws Exception {
        faulty.failAfter(Operation.PUT, 1, unreachable());
        retrying.put(FileHandle.CONFIG, Payload.of(BYTES));
        assertThat(store.get(FileHandle.CONFIG, 100)).isEqualTo(BYTES);
    }

    @Test
    void anInterruptEndsTheTries() {
        faulty.failBefore(
                Operation.GET, 9, unreachable(() -> Thread.currentThread().interrupt()));
        assertThatThrownBy(() -> retrying.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void anInterruptEndsAPause() {
        Sleeper interrupted = pause -> {
            throw new InterruptedException();
        };
        Backend sleepless = new RetryingBackend(faulty, RetryPolicy.DEFAULT, time, interrupted, new Random(1));
        faulty.failBefore(Operation.GET, 9, unreachable());
        assertThatThrownBy(() -> sleepless.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesAPolicyThatCannotBe() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, second, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(second, Duration.ZERO, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(second, second, second, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Supplier<BackendException> unreachable() {
        return unreachable(() -> {});
    }

    private static Supplier<BackendException> unreachable(Runnable meanwhile) {
        return () -> {
            meanwhile.run();
            return new BackendException.Unreachable("away", null);
        };
    }
}
