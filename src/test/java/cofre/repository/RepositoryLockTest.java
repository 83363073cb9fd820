package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.LockFile;
import cofre.repository.lock.LockRules;
import cofre.repository.lock.LockStore;
import cofre.seal.MasterKey;
import cofre.seal.Sealer;
import cofre.seal.TagFunction;
import cofre.seal.UnpackedSeal;
import cofre.storage.BackendException;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.FakeTime;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RepositoryLockTest {
    private static final long PID = 100;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final FakeTime ticks = new FakeTime();
    private final MemoryBackend backend = MemoryBackend.ready();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private final UnpackedSeal seal = new UnpackedSeal(
            new Sealer(MasterKey.random(new SecureRandom()), new SecureRandom(), TagFunction.bouncyCastle()), 2);
    private final LockStore store = new LockStore(faulty, seal);
    private final Set<Long> alive = new HashSet<>(Set.of(PID, 200L));
    private final LockRules rules = new LockRules("here", alive::contains);
    private final RepositoryLock.Holder holder = new RepositoryLock.Holder("me", PID, 1, 2, rules, clock, ticks, 0);

    private RepositoryLock take(boolean exclusive) throws Exception {
        return RepositoryLock.take(store, holder, exclusive);
    }

    private String foreign(boolean exclusive, String host, long pid, Duration age) throws Exception {
        Instant time = clock.instant().minus(age);
        return store.write(new LockFile(time.atZone(ZoneOffset.UTC), exclusive, host, "you", pid, 3, 4));
    }

    private List<String> locks() {
        List<String> names = new ArrayList<>();
        backend.list(FileType.LOCKS, file -> names.add(file.name()));
        return names;
    }

    private void pass(Duration time) {
        clock.advance(time);
        ticks.advance(time);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, true", // shared beside shared
        "false, true, false",
        "true, false, false",
        "true, true, false",
    })
    void excludesAsResticDoes(boolean ours, boolean theirs, boolean allowed) throws Exception {
        String other = foreign(theirs, "there", 5, Duration.ofMinutes(29));
        if (allowed) {
            take(ours).close();
        } else {
            assertThatThrownBy(() -> take(ours))
                    .isInstanceOf(RepositoryException.Locked.class)
                    .hasMessageContaining("process 5 on there since 2026-03-01T09:31:00Z")
                    .hasMessageContaining(theirs ? "exclusive lock" : "shared lock");
        }
        assertThat(locks()).containsExactly(other); // ours is gone again, theirs is untouched
    }

    @Test
    void theLockSaysWhoHoldsItAndGoesWhenClosed() throws Exception {
        RepositoryLock lock = take(true);
        LockFile written = store.others(java.util.Set.of(), new ArrayList<>())
                .values()
                .iterator()
                .next();
        assertThat(written)
                .isEqualTo(new LockFile(clock.instant().atZone(ZoneOffset.UTC), true, "here", "me", PID, 1, 2));
        lock.close();
        lock.close();
        assertThat(locks()).isEmpty();
    }

    @Test
    void whoLocksAtTheSameMomentIsSeenAfterwards() throws Exception {
        faulty.before(Operation.PUT, 1, () -> {
            try {
                new LockStore(backend, seal)
                        .write(new LockFile(clock.instant().atZone(ZoneOffset.UTC), true, "there", "you", 5, 3, 4));
            } catch (BackendException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
        assertThat(locks()).hasSize(1);
    }

    @Test
    void c4ALockOfADeadProcessOfThisHostIsRemoved() throws Exception {
        foreign(true, "here", 300, Duration.ZERO);
        take(true).close();
        assertThat(locks()).isEmpty();
    }

    @Test
    void c4ALockOfALiveProcessOfThisHostCounts() throws Exception {
        foreign(true, "here", 200, Duration.ofMinutes(1));
        assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
    }

    @Test
    void c4AStaleLockOfAnotherHostIsIgnoredButNeverRemoved() throws Exception {
        String stale = foreign(true, "there", 300, Duration.ofMinutes(30).plusSeconds(1));
        take(true).close();
        assertThat(locks()).containsExactly(stale);
    }

    @Test
    void locksThatCannotBeReadDoNotStopAnybody() throws Exception {
        byte[] junk = StoreBytes.random(200, 1);
        FileHandle unreadable = StoreBytes.handle(FileType.LOCKS, junk);
        backend.plant(unreadable, junk);
        FileHandle empty = new FileHandle(FileType.LOCKS, "0".repeat(64));
        backend.plant(empty, new byte[0]);
        FileHandle huge = new FileHandle(FileType.LOCKS, "1".repeat(64));
        backend.plant(huge, new byte[100_000]);
        take(true).close();
        assertThat(locks()).containsExactlyInAnyOrder(unreadable.name(), empty.name(), huge.name());
    }

    @Test
    void refreshesEveryFiveMinutes() throws Exception {
        try (RepositoryLock lock = take(false)) {
            List<String> first = locks();
            pass(Duration.ofMinutes(4));
            lock.refreshIfDue();
            assertThat(locks()).isEqualTo(first);
            pass(Duration.ofMinutes(1));
            lock.refreshIfDue();
            assertThat(locks()).hasSize(1).doesNotContainAnyElementsOf(first);
            LockFile fresh = store.others(java.util.Set.of(), new ArrayList<>())
                    .values()
                    .iterator()
                    .next();
            assertThat(fresh.time().toInstant()).isEqualTo(clock.instant());
        }
        assertThat(locks()).isEmpty();
    }

    @Test
    void aRefreshThatFailsIsTriedAgainAndForgetsNoFile() throws Exception {
        try (RepositoryLock lock = take(false)) {
            pass(Duration.ofMinutes(6));
            faulty.failBefore(Operation.PUT, 1, () -> new BackendException.Unreachable("cannot store: down", null));
            lock.refreshIfDue();
            faulty.failBefore(Operation.DELETE, 1, () -> new BackendException.Unreachable("cannot delete: down", null));
            lock.refreshIfDue(); // written, but the old one stays
            assertThat(locks()).hasSize(2);
            lock.ensureValid();
            pass(Duration.ofMinutes(6));
            lock.refreshIfDue();
            assertThat(locks()).hasSize(1);
        }
        assertThat(locks()).isEmpty();
    }

    @Test
    void aLockThatSomebodyTookAwayIsLostForGood() throws Exception {
        RepositoryLock lock = take(false);
        backend.delete(new FileHandle(FileType.LOCKS, locks().get(0)));
        assertThatCode(lock::ensureValid).doesNotThrowAnyException(); // within the time nobody may take it
        pass(Duration.ofMinutes(6));
        lock.refreshIfDue();
        assertThat(locks()).isEmpty(); // not brought back: its remover may be deleting
        assertThatThrownBy(lock::ensureValid)
                .isInstanceOf(RepositoryException.Locked.class)
                .hasMessageContaining("was removed by somebody");
        lock.close();
        assertThat(locks()).isEmpty();
    }

    @Test
    void t4ALockTakenAwayWhileItIsRefreshedIsLost() throws Exception {
        RepositoryLock lock = take(false);
        String old = locks().get(0);
        pass(Duration.ofDays(3));
        faulty.before(Operation.PUT, 1, () -> backend.delete(new FileHandle(FileType.LOCKS, old)));
        assertThatThrownBy(lock::ensureValid).isInstanceOf(RepositoryException.Locked.class);
        lock.close();
        assertThat(locks()).isEmpty();
    }

    @Test
    void t4AfterSuspendTheLockIsLookedForAndRefreshed() throws Exception {
        try (RepositoryLock lock = take(false)) {
            List<String> before = locks();
            clock.advance(Duration.ofDays(3)); // the monotonic clock stood still
            lock.ensureValid();
            assertThat(locks()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void t1AWallClockThatIsSetDoesNotMakeAnOldLockYoung() throws Exception {
        try (RepositoryLock lock = take(false)) {
            clock.advance(Duration.ofDays(-365));
            ticks.advance(Duration.ofMinutes(23));
            backend.delete(new FileHandle(FileType.LOCKS, locks().get(0)));
            assertThatThrownBy(lock::ensureValid).isInstanceOf(RepositoryException.Locked.class);
        }
        try (RepositoryLock lock = take(false)) {
            clock.advance(Duration.ofDays(365L * 2000));
            lock.ensureValid();
        }
    }

    @Test
    void aLockThatCannotBeRefreshedInTimeEndsTheWork() throws Exception {
        try (RepositoryLock lock = take(false)) {
            pass(Duration.ofMinutes(23));
            faulty.failBefore(Operation.PUT, 1, () -> new BackendException.Unreachable("cannot store: down", null));
            assertThatThrownBy(lock::ensureValid).isInstanceOf(BackendException.Unreachable.class);
            lock.ensureValid(); // the store is back, the lock still there
        }
    }

    @Test
    void aClosedLockIsNotRefreshed() throws Exception {
        RepositoryLock lock = take(false);
        lock.close();
        pass(Duration.ofMinutes(10));
        lock.refreshIfDue();
        assertThat(locks()).isEmpty();
    }

    @Test
    void c4APidUsedAgainCountsUntilItsLockIsStale() throws Exception {
        String left = foreign(true, "here", 200, Duration.ofMinutes(29)); // dead, but 200 is somebody else's now
        assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
        pass(Duration.ofMinutes(2));
        take(false).close();
        assertThat(locks()).containsExactly(left); // who it is cannot be known: never removed
    }

    @Test
    void c4AfterTheHostWasRenamedOldLocksAreAnothersUntilStale() throws Exception {
        String left = foreign(true, "here-before", 300, Duration.ofMinutes(29)); // 300 is dead, but of which host?
        assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
        pass(Duration.ofMinutes(2));
        take(false).close();
        assertThat(locks()).containsExactly(left);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 365, 365 * 56})
    void t1AClockSetForwardMakesNoLiveLockStale(int days) throws Exception {
        foreign(true, "there", 5, Duration.ofMinutes(1));
        clock.advance(Duration.ofDays(days));
        assertThatThrownBy(() -> take(false))
                .isInstanceOf(RepositoryException.Locked.class)
                .hasMessageContaining("this host's clock went " + days * 1440 + " minutes forward at once");
        pass(Duration.ofMinutes(29));
        assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
        pass(Duration.ofMinutes(1));
        take(false).close(); // not refreshed before our eyes for half an hour: its holder is dead
    }

    @Test
    void t1AHolderThatRefreshesIsBelievedWhateverTheClockSays() throws Exception {
        String name = foreign(true, "there", 5, Duration.ofMinutes(1));
        clock.advance(Duration.ofDays(365));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
            pass(Duration.ofMinutes(5));
            String fresh = foreign(true, "there", 5, Duration.ofDays(365));
            backend.delete(new FileHandle(FileType.LOCKS, name));
            name = fresh;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 365, 365 * 56})
    void t1AClockSetBackStopsNobodyForLongerThanALockLasts(int days) throws Exception {
        foreign(true, "there", 5, Duration.ofMinutes(1));
        clock.advance(Duration.ofDays(-days));
        assertThatThrownBy(() -> take(false)).isInstanceOf(RepositoryException.Locked.class);
        pass(Duration.ofMinutes(30));
        take(false).close();
    }

    @Test
    void t4AfterThreeDaysOfSuspendNothingIsWrittenUnderALockThatWasTaken() throws Exception {
        try (RepositoryLock lock = take(false)) {
            clock.advance(Duration.ofDays(3));
            backend.delete(new FileHandle(FileType.LOCKS, locks().get(0))); // somebody thought us dead, and pruned
            assertThatThrownBy(lock::ensureValid)
                    .isInstanceOf(RepositoryException.Locked.class)
                    .hasMessageContaining("was removed by somebody");
            assertThat(locks()).isEmpty();
        }
    }
}
