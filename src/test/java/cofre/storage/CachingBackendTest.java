package cofre.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.CountingBackend.Operation;
import cofre.testkit.CapturedLog;
import cofre.testkit.MemoryBackend;
import cofre.testkit.StoreBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CachingBackendTest {
    private static final int LIMIT = 40_000;

    @TempDir
    private Path temporary;

    private final MemoryBackend store = MemoryBackend.ready();
    private final CountingBackend counting = new CountingBackend(store);
    private Path directory;
    private CachingBackend caching;

    @BeforeEach
    void open() {
        directory = temporary.resolve("state").resolve("cache");
        caching = reopened();
    }

    @ParameterizedTest
    @EnumSource(
            value = FileType.class,
            names = {"INDEX", "SNAPSHOTS"})
    void asksTheStoreOnce(FileType type) throws Exception {
        FileHandle file = plant(type, 1000, 1);
        byte[] first = caching.get(file, 1000);
        assertThat(caching.get(file, 1000)).isEqualTo(first);
        assertThat(reopened().get(file, 1000)).isEqualTo(first);
        assertThat(gets()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FileType.class,
            names = {"KEYS", "LOCKS", "CONFIG"})
    void keepsNoCopyOfWhatMustBeFresh(FileType type) throws Exception {
        FileHandle file = plant(type, 1000, 2);
        caching.get(file, 1000);
        caching.get(file, 1000);
        assertThat(gets()).isEqualTo(2);
        assertThat(directory).doesNotExist();
    }

    @Test
    void keepsWhatItStores() throws Exception {
        byte[] bytes = StoreBytes.random(1000, 3);
        FileHandle file = StoreBytes.handle(FileType.INDEX, bytes);
        caching.put(file, Payload.of(bytes));
        assertThat(caching.get(file, 1000)).isEqualTo(bytes);
        assertThat(gets()).isZero();
        assertThat(store.get(file, 1000)).isEqualTo(bytes);
    }

    @Test
    void dropsADamagedCopyAndAsksAgain() throws Exception {
        FileHandle file = plant(FileType.INDEX, 1000, 4);
        byte[] right = caching.get(file, 1000);
        for (byte[] damage : new byte[][] {{}, new byte[1000], Arrays.copyOf(right, 999), Arrays.copyOf(right, 1001)}) {
            Files.write(copy(file), damage);
            try (CapturedLog log = new CapturedLog()) {
                assertThat(reopened().get(file, 1000)).isEqualTo(right);
                assertThat(log.lines().isEmpty()).isEqualTo(damage.length > 1000);
            }
            assertThat(Files.readAllBytes(copy(file))).isEqualTo(right);
        }
        assertThat(gets()).isEqualTo(5);
    }

    @Test
    void keepsNoFileThatDoesNotHashToItsName() throws Exception {
        FileHandle file = StoreBytes.handle(FileType.INDEX, new byte[] {1});
        store.plant(file, new byte[] {2});
        assertThat(caching.get(file, 10)).containsExactly(2);
        assertThat(copies()).isEmpty();
    }

    @Test
    void fetchesAPackOfTreesOnceForAllItsRanges() throws Exception {
        FileHandle pack = tree(9000, 5);
        byte[] bytes = store.get(pack, 9000);
        byte[] into = new byte[100];
        for (int offset = 0; offset <= 8900; offset += 100) {
            caching.read(pack, offset, into, 0, 100);
            assertThat(into).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + 100));
        }
        assertThat(gets()).isEqualTo(1);
        assertThat(counting.total(Operation.READ).calls()).isZero();
    }

    @Test
    void looksAtTheHashOfAnOldCopyBeforeItReadsARange() throws Exception {
        FileHandle pack = tree(9000, 6);
        byte[] into = new byte[100];
        caching.read(pack, 0, into, 0, 100);
        byte[] damaged = Files.readAllBytes(copy(pack));
        damaged[50] ^= 1;
        Files.write(copy(pack), damaged);
        reopened().read(pack, 0, into, 0, 100);
        assertThat(into).isEqualTo(Arrays.copyOf(store.get(pack, 9000), 100));
        assertThat(gets()).isEqualTo(2);
    }

    @Test
    void forgetsACopyWhenTold() throws Exception {
        FileHandle pack = tree(9000, 7);
        caching.read(pack, 0, new byte[1], 0, 1);
        caching.forget(pack);
        assertThat(copies()).isEmpty();
        caching.read(pack, 0, new byte[1], 0, 1);
        assertThat(gets()).isEqualTo(2);
    }

    @Test
    void readsARangeOfADamagedPackFromTheStore() throws Exception {
        FileHandle pack = tree(9000, 8);
        byte[] damaged = store.get(pack, 9000);
        damaged[8999] ^= 1;
        store.plant(pack, damaged);
        byte[] into = new byte[100];
        caching.read(pack, 0, into, 0, 100);
        assertThat(into).isEqualTo(Arrays.copyOf(damaged, 100));
        assertThat(copies()).isEmpty();
        assertThatThrownBy(() -> caching.read(pack, 8999, into, 0, 2)).isInstanceOf(BackendException.Corrupt.class);
    }

    @Test
    void leavesOtherPacksToTheStore() throws Exception {
        FileHandle pack = untilName(false, 9000, 9);
        caching.read(pack, 0, new byte[1], 0, 1);
        caching.get(pack, 9000);
        assertThat(copies()).isEmpty();
    }

    @Test
    void keepsNoFileThatWouldPushOutTooMuch() throws Exception {
        FileHandle pack = tree(LIMIT / 4 + 1, 10);
        caching.read(pack, 0, new byte[1], 0, 1);
        caching.read(pack, 0, new byte[1], 0, 1);
        assertThat(counting.total(Operation.READ).calls()).isEqualTo(2);
        assertThat(copies()).isEmpty();
    }

    @Test
    void dropsWhatWasLeastRecentlyUsed() throws Exception {
        FileHandle[] files = new FileHandle[6];
        for (int i = 0; i < 4; i++) {
            files[i] = plant(FileType.INDEX, 10_000, 20 + i);
            caching.get(files[i], LIMIT);
        }
        caching.get(files[0], LIMIT);
        files[4] = plant(FileType.INDEX, 10_000, 24);
        caching.get(files[4], LIMIT);
        assertThat(copies())
                .containsExactlyInAnyOrder(files[0].name(), files[2].name(), files[3].name(), files[4].name());
    }

    @Test
    void remembersTheOrderOverRestarts() throws Exception {
        FileHandle[] files = new FileHandle[5];
        for (int i = 0; i < 4; i++) {
            files[i] = plant(FileType.INDEX, 10_000, 30 + i);
            caching.get(files[i], LIMIT);
            Files.setLastModifiedTime(copy(files[i]), FileTime.from(Instant.ofEpochSecond(1000 - i)));
        }
        Path leftover = Files.createFile(copy(files[0]).resolveSibling(".tmp-1-1"));
        files[4] = plant(FileType.INDEX, 10_000, 34);
        reopened().get(files[4], LIMIT);
        assertThat(copies())
                .doesNotContain(files[3].name())
                .contains(files[0].name())
                .hasSize(4);
        assertThat(leftover).doesNotExist();
    }

    @Test
    void dropsWhatIsDeleted() throws Exception {
        FileHandle file = plant(FileType.SNAPSHOTS, 1000, 40);
        caching.get(file, 1000);
        caching.delete(file);
        assertThat(copies()).isEmpty();
        assertThatThrownBy(() -> caching.get(file, 1000)).isInstanceOf(BackendException.NotFound.class);
    }

    @Test
    void isOpenToItsOwnerOnly() throws Exception {
        caching.get(plant(FileType.INDEX, 10, 41), 10);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void worksWithoutADirectory() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        Backend blind = new CachingBackend(counting, file, LIMIT, Clock.systemUTC(), any -> true);
        FileHandle index = plant(FileType.INDEX, 10, 42);
        assertThat(blind.get(index, 10)).isEqualTo(store.get(index, 10));
        byte[] bytes = StoreBytes.random(10, 43);
        blind.put(StoreBytes.handle(FileType.INDEX, bytes), Payload.of(bytes));
        blind.read(tree(100, 44), 0, new byte[1], 0, 1);
    }

    private CachingBackend reopened() {
        return new CachingBackend(
                counting,
                directory,
                LIMIT,
                Clock.systemUTC(),
                file -> file.name().charAt(0) < '8');
    }

    private FileHandle tree(int length, long seed) {
        return untilName(true, length, seed);
    }

    /** A pack whose name says that it holds trees, or not, as {@link #reopened} reads it. */
    private FileHandle untilName(boolean tree, int length, long seed) {
        for (long i = seed * 1000; ; i++) {
            byte[] bytes = StoreBytes.random(length, i);
            FileHandle file = StoreBytes.handle(FileType.DATA, bytes);
            if (file.name().charAt(0) < '8' == tree) {
                store.plant(file, bytes);
                return file;
            }
        }
    }

    private FileHandle plant(FileType type, int length, long seed) {
        byte[] bytes = StoreBytes.random(length, seed);
        FileHandle file = StoreBytes.handle(type, bytes);
        store.plant(file, bytes);
        return file;
    }

    private long gets() {
        return counting.total(Operation.GET).calls();
    }

    private Path copy(FileHandle file) {
        return CacheOrder.path(directory, file);
    }

    private List<String> copies() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }
}
