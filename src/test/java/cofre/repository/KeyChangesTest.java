package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.KeyId;
import cofre.seal.Secret;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.CrashPoint;
import cofre.testkit.CrashPoint.Moment;
import cofre.testkit.CrashingBackend;
import cofre.testkit.Engines;
import cofre.testkit.FaultyBackend;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedCrash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class KeyChangesTest {
    private static final long DEAD = 1;
    private static final long NEXT = 2;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemoryBackend store = MemoryBackend.ready();
    private Repository repository;

    @BeforeEach
    void init() throws Exception {
        repository = new Repositories(Engines.engine(clock)).init(store, Engines.password());
    }

    private static Secret secret(String text) {
        return Secret.ofChars(text.toCharArray());
    }

    private KeyChanges keys() {
        return new KeyChanges(repository);
    }

    private boolean opens(Backend world, Secret password) throws Exception {
        try (Repository opened = new Repositories(Engines.engine(clock)).open(world, password)) {
            return opened.config().equals(repository.config());
        } catch (RepositoryException.WrongPassword e) {
            return false;
        }
    }

    /** The same repository as another process on another store has it open. */
    private Repository on(Backend world, long pid) {
        Repository.Opened base = repository.opened();
        return new Repository(new Repository.Opened(
                Store.uncached(world),
                Engines.engine(clock, pid, alive -> alive == pid),
                base.key(),
                base.sealer(),
                base.config()));
    }

    @Test
    void anAddedKeyOpensAndTheOldOneStill() throws Exception {
        KeyId added = keys().add(secret("second"));
        assertThat(opens(store, secret("second"))).isTrue();
        assertThat(opens(store, Engines.password())).isTrue();
        List<StoredKey> listed = keys().list();
        assertThat(listed).hasSize(2).allMatch(key -> key.flaw().isEmpty());
        assertThat(listed).filteredOn(StoredKey::isInUse).singleElement().satisfies(key -> {
            assertThat(key.id()).isEqualTo(repository.keyId());
            assertThat(key.file().orElseThrow().hostname()).isEqualTo("host");
        });
        assertThat(listed).extracting(StoredKey::id).contains(added);
        assertThat(locks()).isZero();
    }

    private long locks() {
        return store.names().stream().filter(name -> name.startsWith("locks/")).count();
    }

    @Test
    void aReplacedPasswordOpensNothingAnyMore() throws Exception {
        KeyId old = repository.keyId();
        KeyChanges.Replaced replaced = keys().replace(secret("second"));
        assertThat(replaced.removed()).isEqualTo(old);
        assertThat(opens(store, Engines.password())).isFalse();
        assertThat(opens(store, secret("second"))).isTrue();
        Repository goesOn = repository.withKey(replaced.key());
        assertThat(goesOn.keyId()).isEqualTo(replaced.key());
        new KeyChanges(goesOn).replace(secret("third"));
        assertThat(opens(store, secret("third"))).isTrue();
        assertThat(keys().list()).hasSize(1);
    }

    @Test
    void removesAnyButTheOneInUse() throws Exception {
        KeyId added = keys().add(secret("second"));
        String own = repository.keyId().hex();
        assertThatThrownBy(() -> keys().remove(own))
                .isInstanceOf(RepositoryException.Protected.class)
                .hasMessageContaining("is the one in use");
        assertThatThrownBy(() -> keys().remove("")).isInstanceOf(RepositoryException.Missing.class);
        assertThatThrownBy(() -> keys().remove("no such")).isInstanceOf(RepositoryException.Missing.class);
        assertThat(keys().remove(added.hex().substring(0, 20))).isEqualTo(added);
        assertThat(keys().list()).hasSize(1);
        assertThat(locks()).isZero();
    }

    @Test
    void whoseOwnKeyIsGoneRemovesNoneOfTheOthers() throws Exception {
        KeyId added = keys().add(secret("second"));
        store.delete(new FileHandle(FileType.KEYS, repository.keyId().hex()));
        assertThatThrownBy(() -> keys().remove(added.hex()))
                .isInstanceOf(RepositoryException.Protected.class)
                .hasMessageContaining("is gone or damaged");
        assertThatThrownBy(() -> keys().replace(secret("third"))).isInstanceOf(RepositoryException.Protected.class);
        keys().add(secret("third")); // what the message says to do
        assertThat(opens(store, secret("second"))).isTrue();
        assertThat(opens(store, secret("third"))).isTrue();
    }

    @Test
    void aDamagedKeyIsListedWithItsFlawAndProtectsTheOthers() throws Exception {
        KeyId added = keys().add(secret("second"));
        store.plant(new FileHandle(FileType.KEYS, repository.keyId().hex()), new byte[] {'{', '}'});
        assertThat(keys().list())
                .filteredOn(StoredKey::isInUse)
                .singleElement()
                .satisfies(key -> assertThat(key.flaw()).contains("it was changed or cut"));
        assertThatThrownBy(() -> keys().remove(added.hex())).isInstanceOf(RepositoryException.Protected.class);
    }

    @Test
    void thereAreNeverMoreKeysThanProgramsTry() throws Exception {
        for (int i = 1; i < RepositoryKeys.MOST_TRIED; i++) {
            byte[] junk = {(byte) i};
            store.plant(cofre.testkit.StoreBytes.handle(FileType.KEYS, junk), junk);
        }
        assertThatThrownBy(() -> keys().add(secret("second")))
                .isInstanceOf(RepositoryException.Protected.class)
                .hasMessageContaining("there are 20 vs at most 19");
        keys().replace(secret("second"));
        assertThat(opens(store, secret("second"))).isTrue();
    }

    @Test
    void aStoreThatLosesWhatItAcknowledgesKeepsTheOldKey() throws Exception {
        FaultyBackend forgetful = new FaultyBackend(store);
        forgetful.before(Operation.GET, 1, () -> {}); // the key in use is looked at
        forgetful.before(
                Operation.GET,
                1,
                () -> store.names().stream()
                        .filter(name -> name.startsWith("keys/")
                                && !name.endsWith(repository.keyId().hex()))
                        .forEach(
                                name -> store.delete(new FileHandle(FileType.KEYS, name.substring("keys/".length())))));
        assertThatThrownBy(() -> new KeyChanges(on(forgetful, NEXT)).replace(secret("second")))
                .isInstanceOf(RepositoryException.Damaged.class);
        assertThat(opens(store, Engines.password())).isTrue();
    }

    @Test
    void anAppendOnlyStoreKeepsBothAndSaysSo() throws Exception {
        FaultyBackend appendOnly = new FaultyBackend(store);
        appendOnly.failBefore(
                Operation.DELETE, 1, () -> new BackendException.Refused("cannot delete: append-only", null));
        assertThatThrownBy(() -> new KeyChanges(on(appendOnly, NEXT)).replace(secret("second")))
                .isInstanceOf(BackendException.Refused.class)
                .hasMessageContaining("was added and opens, and so does the old one");
        assertThat(opens(store, Engines.password())).isTrue();
        assertThat(opens(store, secret("second"))).isTrue();
    }

    /** What is done to keys. */
    enum Change {
        ADD {
            @Override
            void on(Repository repository, KeyId other) throws Exception {
                new KeyChanges(repository).add(secret("new"));
            }
        },
        REMOVE {
            @Override
            void on(Repository repository, KeyId other) throws Exception {
                new KeyChanges(repository).remove(other.hex());
            }
        },
        PASSWD {
            @Override
            void on(Repository repository, KeyId other) throws Exception {
                new KeyChanges(repository).replace(secret("new"));
            }
        };

        abstract void on(Repository repository, KeyId other) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void k5AKeyThatOpensIsLeftWhereverAChangeDies(Change change) throws Exception {
        KeyId other = change == Change.REMOVE ? keys().add(secret("other")) : repository.keyId();
        int cases = 0;
        for (Moment moment : Moment.values()) {
            boolean died = true;
            for (int at = 1; died; at++) {
                MemoryBackend world = copy();
                CrashPoint point = new CrashPoint(at, moment);
                died = dies(change, on(new CrashingBackend(world, point), DEAD), other);
                boolean oldOpens = opens(world, Engines.password());
                assertThat(oldOpens || (change == Change.PASSWD && opens(world, secret("new"))))
                        .as("%s dies %s", change, point)
                        .isTrue();
                on(world, NEXT).lockExclusive().close(); // the lock of the dead keeps nobody out
                cases++;
            }
        }
        assertThat(cases).isGreaterThan(12);
    }

    private static boolean dies(Change change, Repository repository, KeyId other) throws Exception {
        try {
            change.on(repository, other);
            return false;
        } catch (SimulatedCrash e) {
            return true;
        }
    }

    private MemoryBackend copy() throws Exception {
        MemoryBackend world = MemoryBackend.ready();
        List<FileHandle> files = new ArrayList<>(List.of(FileHandle.CONFIG));
        store.list(FileType.KEYS, file -> files.add(new FileHandle(FileType.KEYS, file.name())));
        for (FileHandle file : files) {
            world.plant(file, store.get(file, 1 << 20));
        }
        return world;
    }
}
