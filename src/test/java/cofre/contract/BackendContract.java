package cofre.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does with whole files, ranges, listings and deletes. */
public abstract class BackendContract {
    private static final long ANY_LENGTH = 64 << 20;

    private Backend backend;

    /** A client of the store, empty at first and emptied after each test; a second call gives another client of it. */
    protected abstract Backend open() throws Exception;

    /** How many files the listing tests store; fewer where each takes a real disk's sync. */
    protected int manyFiles() {
        return 600;
    }

    /** The client under test. */
    protected final Backend backend() {
        return backend;
    }

    @BeforeEach
    void createStore() throws Exception {
        backend = open();
        backend.create();
    }

    @AfterEach
    void emptyStore() throws Exception {
        // Cheaper than a new store per test where making one syncs hundreds of folders.
        for (FileType type : FileType.values()) {
            for (String name : list(type).keySet()) {
                backend.delete(type == FileType.CONFIG ? FileHandle.CONFIG : new FileHandle(type, name));
            }
        }
        backend.close();
    }

    @Test
    void createsTwice() throws Exception {
        FileHandle file = store(FileType.INDEX, StoreBytes.random(10, 1));
        backend.create();
        assertThat(backend.size(file)).isEqualTo(10);
    }

    @Test
    void tellsALocation() {
        assertThat(backend.location()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void listsNothingInAFreshStore(FileType type) throws Exception {
        assertThat(list(type)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void givesBackWhatWasStored(FileType type) throws Exception {
        byte[] bytes = StoreBytes.random(1234, 2);
        FileHandle file = store(type, bytes);
        assertThat(backend.get(file, ANY_LENGTH)).isEqualTo(bytes);
        assertThat(backend.size(file)).isEqualTo(1234);
        assertThat(list(type)).isEqualTo(Map.of(file.name(), 1234L));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4095, 8191, 8192, 8193, 65535, 65536, 65537, 131073, 262143, 262144, 262145, 1 << 20})
    void storesFilesOfEveryLength(int length) throws Exception {
        byte[] bytes = StoreBytes.random(length, 3);
        FileHandle file = store(FileType.DATA, bytes);
        assertThat(backend.get(file, length)).isEqualTo(bytes);
        assertThat(backend.size(file)).isEqualTo(length);
        assertThat(list(FileType.DATA)).isEqualTo(Map.of(file.name(), (long) length));
    }

    @Test
    void storesALargeFile() throws Exception {
        byte[] bytes = StoreBytes.random((17 << 20) + 5, 4);
        FileHandle file = store(FileType.DATA, bytes);
        assertThat(backend.get(file, ANY_LENGTH)).isEqualTo(bytes);
        byte[] end = new byte[1 << 20];
        backend.read(file, bytes.length - end.length, end, 0, end.length);
        assertThat(end).isEqualTo(java.util.Arrays.copyOfRange(bytes, bytes.length - end.length, bytes.length));
    }

    @ParameterizedTest
    @CsvSource({
        "0,1",
        "0,2",
        "0,300000",
        "1,299999",
        "299999,1",
        "299998,2",
        "4096,4096",
        "0,65536",
        "65535,65537",
        "100,200000",
        "8191,2",
        "150000,150000"
    })
    void readsRanges(int offset, int length) throws Exception {
        byte[] bytes = StoreBytes.random(300000, 5);
        FileHandle file = store(FileType.DATA, bytes);
        byte[] into = new byte[length];
        backend.read(file, offset, into, 0, length);
        assertThat(into).isEqualTo(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Test
    void readsIntoTheMiddleOfAnArray() throws Exception {
        FileHandle file = store(FileType.DATA, new byte[] {10, 11, 12, 13, 14});
        byte[] into = {1, 2, 3, 4, 5, 6};
        backend.read(file, 1, into, 2, 3);
        assertThat(into).containsExactly(1, 2, 11, 12, 13, 6);
    }

    @Test
    void readsNothingWhenAskedForNothing() throws Exception {
        FileHandle file = store(FileType.DATA, new byte[] {10, 11});
        byte[] into = {1};
        backend.read(file, 2, into, 0, 0);
        assertThat(into).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"999,2", "1000,1", "1001,1", "0,1001", "500,501", "5000000000,10"})
    void refusesARangeBeyondTheEnd(long offset, int length) throws Exception {
        FileHandle file = store(FileType.DATA, StoreBytes.random(1000, 6));
        assertThatThrownBy(() -> backend.read(file, offset, new byte[length], 0, length))
                .isInstanceOf(BackendException.Corrupt.class)
                .isNotInstanceOf(BackendException.TransferDamage.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void saysNotFoundForAMissingFile(FileType type) {
        FileHandle file = StoreBytes.handle(type, StoreBytes.random(10, 7));
        assertThatThrownBy(() -> backend.get(file, ANY_LENGTH)).isInstanceOf(BackendException.NotFound.class);
        assertThatThrownBy(() -> backend.size(file)).isInstanceOf(BackendException.NotFound.class);
        assertThatThrownBy(() -> backend.read(file, 0, new byte[1], 0, 1))
                .isInstanceOf(BackendException.NotFound.class)
                .hasMessageStartingWith("cannot read " + file);
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void neverReplacesAFile(FileType type) throws Exception {
        byte[] bytes = StoreBytes.random(100, 8);
        FileHandle file = store(type, bytes);
        assertThatThrownBy(() -> backend.put(file, Payload.of(bytes)))
                .isInstanceOf(BackendException.AlreadyExists.class)
                .hasMessageContaining(file.toString());
        assertThat(backend.get(file, ANY_LENGTH)).isEqualTo(bytes);
        assertThat(list(type)).hasSize(1);
    }

    @Test
    void neverReplacesALargeFile() throws Exception {
        byte[] bytes = StoreBytes.random(20 << 20, 9);
        FileHandle file = store(FileType.DATA, bytes);
        assertThatThrownBy(() -> backend.put(file, Payload.of(bytes)))
                .isInstanceOf(BackendException.AlreadyExists.class);
        assertThat(backend.size(file)).isEqualTo(bytes.length);
    }

    @Test
    void keepsTheFirstConfig() throws Exception {
        store(FileType.CONFIG, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> backend.put(FileHandle.CONFIG, Payload.of(new byte[] {4})))
                .isInstanceOf(BackendException.AlreadyExists.class);
        assertThat(backend.get(FileHandle.CONFIG, 10)).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void deletes(FileType type) throws Exception {
        byte[] bytes = StoreBytes.random(100, 10);
        FileHandle file = store(type, bytes);
        backend.delete(file);
        assertThat(list(type)).isEmpty();
        assertThatThrownBy(() -> backend.size(file)).isInstanceOf(BackendException.NotFound.class);
        backend.put(file, Payload.of(bytes));
        assertThat(backend.get(file, ANY_LENGTH)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void deletesWhatIsNotThere(FileType type) throws Exception {
        backend.delete(StoreBytes.handle(type, StoreBytes.random(10, 11)));
        assertThat(list(type)).isEmpty();
    }

    @Test
    void deletesOnlyTheOneFile() throws Exception {
        FileHandle goes = store(FileType.DATA, StoreBytes.random(10, 12));
        FileHandle stays = store(FileType.DATA, StoreBytes.random(11, 13));
        backend.delete(goes);
        assertThat(list(FileType.DATA)).isEqualTo(Map.of(stays.name(), 11L));
    }

    @Test
    void listsEachTypeApart() throws Exception {
        byte[] bytes = StoreBytes.random(10, 14);
        FileHandle index = store(FileType.INDEX, bytes);
        FileHandle data = store(FileType.DATA, bytes);
        assertThat(list(FileType.INDEX)).containsOnlyKeys(index.name());
        assertThat(list(FileType.DATA)).containsOnlyKeys(data.name());
        assertThat(list(FileType.SNAPSHOTS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FileType.class,
            names = {"DATA", "SNAPSHOTS"})
    void listsManyFilesEachOnce(FileType type) throws Exception {
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < manyFiles(); i++) {
            FileHandle file = store(type, StoreBytes.random(i % 50 + 16, 1000 + i));
            expected.put(file.name(), i % 50 + 16L);
        }
        assertThat(list(type)).isEqualTo(expected);
    }

    @Test
    void letsTheListenerUseTheStore() throws Exception {
        FileHandle file = store(FileType.INDEX, StoreBytes.random(10, 15));
        List<Long> sizes = new ArrayList<>();
        backend.list(FileType.INDEX, info -> {
            try {
                sizes.add((long) backend.get(new FileHandle(FileType.INDEX, info.name()), ANY_LENGTH).length);
            } catch (BackendException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(sizes).containsExactly(backend.size(file));
    }

    @Test
    void passesOnWhatTheListenerThrows() throws Exception {
        store(FileType.INDEX, StoreBytes.random(10, 16));
        assertThatThrownBy(() -> backend.list(FileType.INDEX, info -> {
                    throw new IllegalCallerException("enough");
                }))
                .isInstanceOf(IllegalCallerException.class);
    }

    @Test
    void refusesAFileLongerThanTheCallerCanHold() throws Exception {
        FileHandle file = store(FileType.SNAPSHOTS, StoreBytes.random(1000, 17));
        assertThatThrownBy(() -> backend.get(file, 999))
                .isInstanceOf(BackendException.Corrupt.class)
                .isNotInstanceOf(BackendException.TransferDamage.class)
                .hasMessageContaining("1000 bytes vs at most 999");
        assertThat(backend.get(file, 1000)).hasSize(1000);
        assertThat(backend.get(file, Long.MAX_VALUE)).hasSize(1000);
    }

    @Test
    void showsFilesToASecondClient() throws Exception {
        byte[] bytes = StoreBytes.random(50, 18);
        FileHandle file = store(FileType.KEYS, bytes);
        try (Backend second = open()) {
            assertThat(second.get(file, ANY_LENGTH)).isEqualTo(bytes);
            second.delete(file);
        }
        assertThatThrownBy(() -> backend.size(file)).isInstanceOf(BackendException.NotFound.class);
    }

    @Test
    void closesTwice() throws Exception {
        Backend second = open();
        second.size(store(FileType.KEYS, StoreBytes.random(5, 19)));
        second.close();
        second.close();
    }

    private FileHandle store(FileType type, byte[] bytes) throws BackendException {
        FileHandle file = StoreBytes.handle(type, bytes);
        backend.put(file, Payload.of(bytes));
        return file;
    }

    private Map<String, Long> list(FileType type) throws BackendException {
        List<FileInfo> rows = new ArrayList<>();
        backend.list(type, rows::add);
        Map<String, Long> sizes = new TreeMap<>();
        rows.forEach(row -> sizes.put(row.name(), row.size()));
        assertThat(sizes).as("each name once").hasSameSizeAs(rows);
        return sizes;
    }
}
