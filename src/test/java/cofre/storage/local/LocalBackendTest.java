package cofre.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LocalBackendTest {
    private static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");
    private static final byte[] BYTES = StoreBytes.random(100, 1);
    private static final FileHandle DATA = StoreBytes.handle(FileType.DATA, BYTES);

    @TempDir
    private Path temporary;

    private Path root;
    private LocalBackend backend;

    @BeforeEach
    void create() throws Exception {
        root = temporary.resolve("store");
        backend = new LocalBackend(root, Clock.fixed(NOW, ZoneOffset.UTC));
        backend.create();
    }

    @Test
    void keepsResticsLayoutForTheOwnerOnly() throws Exception {
        for (FileType type : FileType.values()) {
            backend.put(StoreBytes.handle(type, BYTES), Payload.of(BYTES));
        }
        String name = DATA.name();
        assertThat(tree())
                .containsExactly(
                        "config rw-------",
                        "data rwx------",
                        "data/" + name.substring(0, 2) + " rwx------",
                        "data/" + name.substring(0, 2) + "/" + name + " rw-------",
                        "index rwx------",
                        "index/" + name + " rw-------",
                        "keys rwx------",
                        "keys/" + name + " rw-------",
                        "locks rwx------",
                        "locks/" + name + " rw-------",
                        "snapshots rwx------",
                        "snapshots/" + name + " rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void hidesAFileUntilItIsWhole() throws Exception {
        List<Boolean> visible = new ArrayList<>();
        backend.put(DATA, new Payload() {
            @Override
            public long length() {
                return BYTES.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(BYTES, 0, 99);
                visible.add(isThere(DATA) || !rows(FileType.DATA).isEmpty());
                out.write(BYTES, 99, 1);
            }
        });
        visible.add(isThere(DATA));
        assertThat(visible).containsExactly(false, true);
    }

    @Test
    void losesTheRaceForANameWithoutTouchingTheWinner() throws Exception {
        assertThatThrownBy(() -> backend.put(DATA, new Payload() {
                    @Override
                    public long length() {
                        return BYTES.length;
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        Files.write(path(DATA), new byte[] {1});
                        out.write(BYTES);
                    }
                }))
                .isInstanceOf(BackendException.AlreadyExists.class);
        assertThat(backend.get(DATA, 10)).containsExactly(1);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void sweepsOldLeftoversAtTheFirstUploadIntoAFolder() throws Exception {
        Path index = root.resolve("index");
        Path old = Files.createFile(index.resolve(".cofre-tmp-1"));
        Path young = Files.createFile(index.resolve(".cofre-tmp-2"));
        Path other = Files.createFile(index.resolve("notes.txt"));
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(86_401)));
        Files.setLastModifiedTime(young, FileTime.from(NOW.minusSeconds(86_399)));
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        assertThat(rows(FileType.INDEX)).isEmpty();
        assertThat(old).as("reading changes nothing").exists();
        backend.put(StoreBytes.handle(FileType.INDEX, BYTES), Payload.of(BYTES));
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(other).exists();
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void listsNothingOfAStoreThatIsNotThere(FileType type) throws Exception {
        LocalBackend nowhere = new LocalBackend(temporary.resolve("nowhere"), Clock.systemUTC());
        List<FileInfo> rows = new ArrayList<>();
        nowhere.list(type, rows::add);
        assertThat(rows).isEmpty();
        assertThatThrownBy(() -> nowhere.put(StoreBytes.handle(type, BYTES), Payload.of(BYTES)))
                .isInstanceOf(BackendException.NotFound.class);
        assertThat(temporary.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aListingThatCannotBeReadIsAnError() throws Exception {
        backend.put(DATA, Payload.of(BYTES));
        Path folder = root.resolve("data").resolve("ff");
        Files.deleteIfExists(folder);
        Files.createSymbolicLink(folder, folder);
        List<FileInfo> rows = new ArrayList<>();
        assertThatThrownBy(() -> backend.list(FileType.DATA, rows::add)).isInstanceOf(BackendException.class);
        assertThat(rows).as("never a short list").isEmpty();
    }

    @Test
    void leavesOutWhatIsNoFileOfTheStore() throws Exception {
        backend.put(DATA, Payload.of(BYTES));
        Path folder = path(DATA).getParent();
        Files.createFile(folder.resolve("README"));
        Files.createDirectory(folder.resolve(DATA.name().substring(0, 2) + "0".repeat(62)));
        Files.createFile(folder.resolve(DATA.name().substring(0, 2).equals("aa") ? "b".repeat(64) : "a".repeat(64)));
        assertThat(rows(FileType.DATA)).containsExactly(new FileInfo(DATA.name(), 100));
    }

    @Test
    void aDirectoryByTheNameOfAFileIsNotThatFile() throws Exception {
        Files.createDirectory(root.resolve("config"));
        assertThatThrownBy(() -> backend.get(FileHandle.CONFIG, 10)).isInstanceOf(BackendException.NotFound.class);
        assertThatThrownBy(() -> backend.size(FileHandle.CONFIG)).isInstanceOf(BackendException.NotFound.class);
    }

    static Stream<Object[]> systemErrors() {
        return Stream.of(
                row(new IOException("No space left on device"), "NoSpace"),
                row(new FileSystemException("f", null, "No space left on device"), "NoSpace"),
                row(new IOException("Disk quota exceeded"), "NoSpace"),
                row(new IOException("Disc quota exceeded"), "NoSpace"),
                row(new AccessDeniedException("f"), "Refused"),
                row(new FileSystemException("f", null, "Operation not permitted"), "Refused"),
                row(new FileSystemException("f", null, "Read-only file system"), "Refused"),
                row(new NoSuchFileException("f"), "NotFound"),
                row(new IOException("Input/output error"), "Unreachable"),
                row(new IOException(), "Unreachable"));
    }

    @ParameterizedTest
    @MethodSource("systemErrors")
    void saysWhatAnErrorOfTheSystemMeans(IOException error, String expected) {
        BackendException e = new LocalFailure("store", DATA, root).ofWrite(error, 100);
        assertThat(e.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(e).hasMessageStartingWith("cannot store " + DATA + " in " + root + ": ");
    }

    @Test
    void knowsAFullDiskWhateverTheLanguage() {
        IOException spoken = new IOException("Não há espaço disponível no dispositivo");
        BackendException e = new LocalFailure("store", DATA, root).ofWrite(spoken, Long.MAX_VALUE / 2);
        assertThat(e).isInstanceOf(BackendException.NoSpace.class);
    }

    private static Object[] row(Object... cells) {
        return cells;
    }

    private boolean isThere(FileHandle file) {
        return Files.exists(path(file));
    }

    private List<FileInfo> rows(FileType type) {
        List<FileInfo> rows = new ArrayList<>();
        try {
            backend.list(type, rows::add);
        } catch (BackendException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private Path path(FileHandle file) {
        return new Layout(root).path(file);
    }

    private List<String> leftovers() throws IOException {
        return tree().stream().filter(line -> line.contains(".cofre-tmp-")).toList();
    }

    private List<String> tree() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                lines.add(root.relativize(path) + " " + mode);
            }
        }
        return lines.subList(1, lines.size());
    }
}
