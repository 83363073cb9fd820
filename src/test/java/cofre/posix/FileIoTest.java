package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static cofre.posix.PosixFixture.oddNames;
import static cofre.posix.PosixFixture.openDescriptors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIoTest {
    private static final FileIo FILES = POSIX.files();
    private static final RawName NAME = name("file");

    @TempDir
    private Path temp;

    private Fd dir;

    @BeforeEach
    void openDirectory() throws PosixException {
        dir = directory(temp);
    }

    @AfterEach
    void closeDirectory() {
        dir.close();
    }

    @Test
    void readsBackWhatWasWrittenAcrossManyPieces() throws PosixException {
        byte[] content = new byte[3 * Scratch.BULK_LENGTH + 17];
        new Random(1).nextBytes(content);
        try (Fd file = FILES.openAt(dir, NAME, OpenFlags.NEW_FILE, 0600)) {
            FILES.write(file, content, 0, content.length);
            FILES.fsync(file);
            byte[] back = new byte[content.length + 10];
            assertThat(FILES.pread(file, 0, back, 5, content.length + 5)).isEqualTo(content.length);
            assertThat(Arrays.copyOfRange(back, 5, 5 + content.length)).isEqualTo(content);
            assertThat(FILES.pread(file, content.length - 3, back, 0, 100)).isEqualTo(3);
            assertThat(FILES.pread(file, content.length, back, 0, 100)).isZero();
        }
        try (Fd file = FILES.openAt(dir, NAME, OpenFlags.SOURCE_FILE)) {
            FILES.advise(file, 0, 0, FileIo.Advice.SEQUENTIAL);
            byte[] first = new byte[10];
            assertThat(FILES.read(file, first, 0, 10)).isEqualTo(10);
            assertThat(first).isEqualTo(Arrays.copyOf(content, 10));
            try (Fd copy = FILES.dup(file)) {
                assertThat(FILES.read(copy, first, 0, 10)).isEqualTo(10);
                assertThat(first).isEqualTo(Arrays.copyOfRange(content, 10, 20));
            }
        }
    }

    @Test
    void readsIntoAPartOfADirectBuffer() throws PosixException {
        make(dir, NAME, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
        ByteBuffer whole = ByteBuffer.allocateDirect(16);
        ByteBuffer part = whole.position(4).slice().position(1).limit(3);
        try (Fd file = FILES.openAt(dir, NAME, OpenFlags.SOURCE_FILE)) {
            assertThat(FILES.pread(file, 1, part)).isEqualTo(2);
            assertThat(part.position()).isEqualTo(3);
            assertThat(whole.get(4)).isZero();
            assertThat(whole.get(5)).isEqualTo((byte) 2);
            assertThat(whole.get(6)).isEqualTo((byte) 3);
            assertThat(whole.get(7)).isZero();
            whole.clear();
            assertThat(FILES.pread(file, 2, whole)).isEqualTo(2);
            assertThatThrownBy(() -> FILES.pread(file, 0, ByteBuffer.allocate(4)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void writesAtAnOffsetAndCuts() throws PosixException {
        try (Fd file = FILES.openAt(dir, NAME, OpenFlags.NEW_FILE, 0600)) {
            FILES.pwrite(file, 10, new byte[] {7, 8, 9}, 1, 2);
            assertThat(POSIX.directories().stat(file).size()).isEqualTo(12);
            FILES.truncate(file, 11);
            byte[] back = new byte[20];
            assertThat(FILES.pread(file, 0, back, 0, 20)).isEqualTo(11);
            assertThat(back[10]).isEqualTo((byte) 8);
        }
    }

    @Test
    void seesDataAndHolesOfASparseFile() throws PosixException {
        try (Fd file = FILES.openAt(dir, NAME, OpenFlags.NEW_FILE, 0600)) {
            FILES.truncate(file, 4 << 20);
            FILES.pwrite(file, 1 << 20, new byte[4096], 0, 4096);
            assertThat(FILES.nextData(file, 0)).hasValue(1 << 20);
            assertThat(FILES.nextHole(file, 1 << 20)).hasValue((1 << 20) + 4096);
            assertThat(FILES.nextData(file, 2 << 20)).isEmpty();
            assertThat(FILES.nextHole(file, 4 << 20)).isEmpty();
        }
    }

    @Test
    void opensEveryOddName() throws PosixException {
        for (RawName odd : oddNames()) {
            make(dir, odd, (byte) 1);
            try (Fd file = FILES.openAt(dir, odd, OpenFlags.SOURCE_FILE)) {
                assertThat(POSIX.directories().stat(file).size()).isEqualTo(1);
            }
        }
    }

    @Test
    void refusesToFollowLinks() throws PosixException {
        make(dir, NAME, (byte) 1);
        POSIX.nodes().mkdirAt(dir, name("real"), 0755);
        POSIX.nodes().symlinkAt("file".getBytes(java.nio.charset.StandardCharsets.US_ASCII), dir, name("to-file"));
        POSIX.nodes().symlinkAt("real".getBytes(java.nio.charset.StandardCharsets.US_ASCII), dir, name("to-dir"));
        assertErrno(Errno.ELOOP, () -> FILES.openAt(dir, name("to-file"), OpenFlags.SOURCE_FILE));
        assertErrno(Errno.ENOTDIR, () -> FILES.openAt(dir, name("to-dir"), OpenFlags.REAL_DIRECTORY));
        assertErrno(Errno.EEXIST, () -> FILES.openAt(dir, name("to-file"), OpenFlags.NEW_FILE));
        FILES.openAt(dir, name("to-dir"), OpenFlags.READ.directory()).close();
    }

    @Test
    void doesNotHangOnAFifo() throws PosixException {
        POSIX.nodes().mkfifoAt(dir, NAME, 0600);
        try (Fd fifo = FILES.openAt(dir, NAME, OpenFlags.SOURCE_FILE)) {
            assertThat(POSIX.directories().stat(fifo).kind()).isEqualTo(FileKind.FIFO);
        }
    }

    @Test
    void complainsWithCallNameAndMeaning() {
        assertThatThrownBy(() -> FILES.openAt(dir, name("no\nsuch"), OpenFlags.READ))
                .isInstanceOf(PosixException.class)
                .hasMessage("cannot openat \"no\\x0asuch\": ENOENT, no such file or directory");
        assertErrno(Errno.EINVAL, () -> FILES.open(new byte[] {'a', 0, 'b'}, OpenFlags.READ));
        assertErrno(Errno.ENAMETOOLONG, () -> FILES.open(new byte[10_000], OpenFlags.READ));
        assertErrno(
                Errno.EISDIR,
                () -> FILES.open("/".getBytes(java.nio.charset.StandardCharsets.US_ASCII), OpenFlags.WRITE));
        assertErrno(Errno.EBADF, () -> {
            make(dir, NAME);
            try (Fd file = FILES.openAt(dir, NAME, OpenFlags.READ)) {
                FILES.write(file, new byte[1], 0, 1);
            }
        });
    }

    @Test
    void leavesNoDescriptorBehind() throws Exception {
        make(dir, NAME, (byte) 1);
        FILES.openAt(dir, NAME, OpenFlags.READ).close();
        long before = openDescriptors();
        for (int i = 0; i < 1000; i++) {
            try (Fd file = FILES.openAt(dir, NAME, OpenFlags.SOURCE_FILE)) {
                FILES.read(file, new byte[1], 0, 1);
            }
            assertErrno(Errno.ENOENT, () -> FILES.openAt(dir, name("none"), OpenFlags.READ));
        }
        assertThat(openDescriptors()).isEqualTo(before);
    }
}
