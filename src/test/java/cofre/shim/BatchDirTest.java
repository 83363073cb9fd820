package cofre.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class BatchDirTest {
    /** Just enough of libc to open a directory. */
    public interface Libc {
        int open(String path, int flags);

        int close(int fd);
    }

    private static final int NOT_A_DIRECTORY = 20;
    private static final int BAD_FD = 9;

    private final Libc libc =
            LibraryLoader.create(Libc.class).load(Platform.getNativePlatform().getStandardCLibraryName());
    private final BatchDir dir = NativeLibrary.loaded().batchDir();
    private int fd = -1;

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        libc.close(fd);
    }

    @Test
    void findsNothingInAnEmptyDirectory() {
        assertThat(list(directory)).isEmpty();
    }

    @Test
    void reportsWhatStatKnows() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[12_345]);
        Files.createLink(directory.resolve("other"), file);
        Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));
        Files.createDirectory(directory.resolve("sub"));
        Files.setLastModifiedTime(file, FileTime.from(1_600_000_000_123_456_789L, TimeUnit.NANOSECONDS));
        Map<String, ByteBuffer> found = list(directory);
        assertThat(found).containsOnlyKeys("file", "other", "link", "sub");
        for (Map.Entry<String, ByteBuffer> entry : found.entrySet()) {
            assertSameAsJdk(directory.resolve(entry.getKey()), entry.getValue());
        }
        ByteBuffer record = found.get("file");
        assertThat(record.getLong(EntryLayout.SIZE)).isEqualTo(12_345);
        assertThat(record.getLong(EntryLayout.LINKS)).isEqualTo(2);
        assertThat(record.getLong(EntryLayout.MODIFY_SECONDS)).isEqualTo(1_600_000_000);
        assertThat(record.getInt(EntryLayout.MODIFY_NANOS)).isEqualTo(123_456_789);
        assertThat(record.getInt(EntryLayout.DIRENT_TYPE)).isIn(8, 0);
    }

    @Test
    void findsEveryEntryOnceInALargeDirectory() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 5000; i++) {
            String name = Integer.toString(i, 36) + "x".repeat(i % 5 == 0 ? i % 250 : 0);
            Files.createFile(directory.resolve(name));
            expected.add(name);
        }
        assertThat(list(directory).keySet()).isEqualTo(expected);
    }

    @Test
    void readsTheNextDirectoryWithTheSameBuffer() throws Exception {
        Files.createDirectories(directory.resolve("a/one"));
        Files.createDirectories(directory.resolve("b/two"));
        assertThat(list(directory.resolve("a"))).containsOnlyKeys("one");
        close();
        assertThat(list(directory.resolve("b"))).containsOnlyKeys("two");
    }

    @Test
    void saysWhyADirectoryCannotBeRead() throws Exception {
        assertThat(dir.fill(-1)).isEqualTo(-BAD_FD);
        assertThat(dir.records().remaining()).isZero();
        fd = libc.open(Files.createFile(directory.resolve("file")).toString(), 0);
        assertThat(dir.fill(fd)).isEqualTo(-NOT_A_DIRECTORY);
    }

    private Map<String, ByteBuffer> list(Path path) {
        fd = libc.open(path.toString(), 0);
        assertThat(fd).isNotNegative();
        Map<String, ByteBuffer> found = new HashMap<>();
        while (dir.fill(fd) > 0) {
            ByteBuffer records = dir.records();
            for (int at = 0; at < records.limit(); ) {
                int length = records.getInt(at + EntryLayout.RECORD_LENGTH);
                ByteBuffer record = ByteBuffer.allocate(length).order(records.order());
                record.put(0, records, at, length);
                byte[] name = new byte[record.getInt(EntryLayout.NAME_LENGTH)];
                record.get(EntryLayout.NAME, name);
                assertThat(found.put(new String(name, StandardCharsets.UTF_8), record))
                        .isNull();
                at += length;
            }
        }
        return found;
    }

    private static void assertSameAsJdk(Path path, ByteBuffer record) throws Exception {
        Map<String, Object> expected = Files.readAttributes(path, "unix:*", java.nio.file.LinkOption.NOFOLLOW_LINKS);
        assertThat(record.getInt(EntryLayout.ERROR)).isZero();
        assertThat(record.getInt(EntryLayout.MODE)).isEqualTo(expected.get("mode"));
        assertThat(record.getLong(EntryLayout.INODE)).isEqualTo(expected.get("ino"));
        assertThat(record.getLong(EntryLayout.DEVICE)).isEqualTo(expected.get("dev"));
        assertThat((int) record.getLong(EntryLayout.LINKS)).isEqualTo(expected.get("nlink"));
        assertThat(record.getInt(EntryLayout.UID)).isEqualTo(expected.get("uid"));
        assertThat(record.getInt(EntryLayout.GID)).isEqualTo(expected.get("gid"));
        assertThat(record.getLong(EntryLayout.SIZE)).isEqualTo(expected.get("size"));
        assertThat(FileTime.from(java.time.Instant.ofEpochSecond(
                        record.getLong(EntryLayout.CHANGE_SECONDS), record.getInt(EntryLayout.CHANGE_NANOS))))
                .isEqualTo(expected.get("ctime"));
        assertThat(FileTime.from(java.time.Instant.ofEpochSecond(
                        record.getLong(EntryLayout.MODIFY_SECONDS), record.getInt(EntryLayout.MODIFY_NANOS))))
                .isEqualTo(expected.get("lastModifiedTime"));
    }
}
