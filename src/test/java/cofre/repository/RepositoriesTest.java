package cofre.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.ConfigCodec;
import cofre.format.RepositoryConfig;
import cofre.format.RepositoryId;
import cofre.format.Sha256;
import cofre.progress.Progress;
import cofre.seal.Secret;
import cofre.seal.UnpackedSeal;
import cofre.storage.Backend;
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
import cofre.testkit.StoreBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RepositoriesTest {
    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemoryBackend store = new MemoryBackend();
    private final Repositories repositories = new Repositories(Engines.engine(clock));

    private Repository init(Backend backend) throws Exception {
        return repositories.init(backend, Engines.password());
    }

    private Repository open() throws Exception {
        return repositories.open(store, Engines.password());
    }

    @Test
    void whatIsMadeCanBeOpened() throws Exception {
        try (Repository made = init(store);
                Repository opened = open()) {
            assertThat(opened.config()).isEqualTo(made.config());
            assertThat(opened.keyId()).isEqualTo(made.keyId());
            assertThat(opened.snapshots(Progress.NONE)).isEmpty();
            assertThat(opened.exportKey())
                    .isEqualTo(store.get(
                            new FileHandle(FileType.KEYS, opened.keyId().hex()), 1 << 20));
        }
    }

    @Test
    void aSecondInitChangesNothing() throws Exception {
        init(store).close();
        var before = store.names();
        assertThatThrownBy(() -> init(store)).isInstanceOf(RepositoryException.Exists.class);
        assertThat(store.names()).isEqualTo(before);
    }

    @Test
    void initThatLosesARaceLeavesTheWinnerAlone() throws Exception {
        FaultyBackend slow = new FaultyBackend(store);
        slow.before(Operation.PUT, 1, () -> {}); // the key
        slow.before(Operation.PUT, 1, () -> {
            try {
                // What the other init has written by now.
                MemoryBackend other = new MemoryBackend();
                init(other).close();
                for (FileType type : new FileType[] {FileType.KEYS, FileType.CONFIG}) {
                    other.list(type, file -> copy(other, new FileHandle(type, file.name())));
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> init(slow)).isInstanceOf(RepositoryException.Exists.class);
        open().close();
        assertThat(store.names()).hasSize(2);
    }

    private void copy(MemoryBackend from, FileHandle file) {
        try {
            store.plant(file, from.get(file, 1 << 20));
        } catch (cofre.storage.BackendException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void initMayDieAnywhere(Moment moment) throws Exception {
        int deaths = 0;
        for (boolean died = true; died; deaths++) {
            MemoryBackend world = new MemoryBackend();
            CrashPoint point = new CrashPoint(deaths + 1, moment);
            died = !survives(new CrashingBackend(world, point));
            boolean hasConfig = world.names().contains("config");
            if (hasConfig) {
                repositories.open(world, Engines.password()).close();
            } else if (world.names().isEmpty()) {
                init(world).close();
            } else { // a key without config may be a part of something: a person has to look
                assertThatThrownBy(() -> init(world))
                        .isInstanceOf(RepositoryException.Exists.class)
                        .hasMessageContaining("1 keys files are there, but no config");
            }
        }
        assertThat(deaths).isGreaterThan(8);
    }

    private boolean survives(Backend backend) throws Exception {
        try {
            init(backend).close();
            return true;
        } catch (SimulatedCrash e) {
            return false;
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThatThrownBy(this::open).isInstanceOf(RepositoryException.Missing.class);
        Repository made = init(store);
        assertThatThrownBy(() -> repositories.open(store, Secret.ofChars("wrong".toCharArray())))
                .isInstanceOf(RepositoryException.WrongPassword.class)
                .hasMessageNotContaining("wrong");
        config(made, "{\"version\":3,\"id\":\"" + "0".repeat(64) + "\",\"chunker_polynomial\":\"3da3358b4dc173\"}");
        assertThatThrownBy(this::open).isInstanceOf(RepositoryException.Unsupported.class);
        config(
                made,
                new String(
                        ConfigCodec.encode(new RepositoryConfig(
                                2, new RepositoryId(Sha256.hash(new byte[0])), 0x38f1e565e288dfL)), // reducible
                        StandardCharsets.UTF_8));
        assertThatThrownBy(this::open).isInstanceOf(RepositoryException.Damaged.class);
        config(made, "{}");
        assertThatThrownBy(this::open).isInstanceOf(RepositoryException.Damaged.class);
    }

    private void config(Repository sealedBy, String json) {
        store.plant(
                FileHandle.CONFIG,
                UnpackedSeal.sealConfig(sealedBy.opened().sealer(), json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hostileKeyFilesNeitherStopNorKeepUsBusy() throws Exception {
        init(store).close();
        String good = store.names().stream()
                .filter(name -> name.startsWith("keys/"))
                .findFirst()
                .orElseThrow();
        String json = new String(
                store.get(new FileHandle(FileType.KEYS, good.substring(5)), 1 << 20), StandardCharsets.UTF_8);
        for (String hostile : new String[] {
            json.replaceAll("\"N\":\\d+", "\"N\":1099511627776"),
            json.replaceAll("\"r\":\\d+", "\"r\":1000000"),
            json.replaceAll("\"p\":\\d+", "\"p\":2147483647"),
            json.replaceAll("\"N\":\\d+", "\"N\":0"),
            "{".repeat(1000),
            ""
        }) {
            byte[] bytes = hostile.getBytes(StandardCharsets.UTF_8);
            store.plant(StoreBytes.handle(FileType.KEYS, bytes), bytes);
        }
        open().close();
    }
}
