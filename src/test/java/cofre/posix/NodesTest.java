package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTest {
    private static final Nodes NODES = POSIX.nodes();
    /** Latin-1, so not UTF-8, with a newline. */
    private static final RawName ODD = name('a', '\n', 0xe9, 0xff);

    private static final RawName OTHER = name("other");

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

    private FileStat stat(RawName name) throws PosixException {
        return POSIX.directories().statAt(dir, name);
    }

    @Test
    void makesAndRemovesADirectory() throws PosixException {
        NODES.mkdirAt(dir, ODD, 0700);
        assertThat(stat(ODD).isDirectory()).isTrue();
        assertThat(stat(ODD).mode() & 0777).isEqualTo(0700);
        assertErrno(Errno.EEXIST, () -> NODES.mkdirAt(dir, ODD, 0700));
        try (Fd sub = POSIX.files().openAt(dir, ODD, OpenFlags.REAL_DIRECTORY)) {
            make(sub, ODD);
            assertErrno(Errno.ENOTEMPTY, () -> NODES.removeDirAt(dir, ODD));
            NODES.unlinkAt(sub, ODD);
        }
        NODES.removeDirAt(dir, ODD);
        assertErrno(Errno.ENOENT, () -> stat(ODD));
    }

    @Test
    void keepsTheTargetOfALinkAsItIs() throws PosixException {
        byte[] target = new byte[4000];
        java.util.Arrays.fill(target, (byte) 0xff);
        NODES.symlinkAt(target, dir, ODD);
        assertThat(NODES.readLinkAt(dir, ODD)).isEqualTo(target);
        assertThat(stat(ODD).kind()).isEqualTo(FileKind.SYMLINK);
        assertThat(stat(ODD).size()).isEqualTo(4000);
        make(dir, OTHER);
        assertErrno(Errno.EINVAL, () -> NODES.readLinkAt(dir, OTHER));
        assertErrno(Errno.EINVAL, () -> NODES.symlinkAt(new byte[] {'a', 0}, dir, name("nul")));
    }

    @Test
    void linksRenamesAndUnlinks() throws PosixException {
        make(dir, ODD, (byte) 1);
        NODES.linkAt(dir, ODD, dir, OTHER);
        assertThat(stat(ODD).isSameFileAs(stat(OTHER))).isTrue();
        assertThat(stat(ODD).links()).isEqualTo(2);
        assertThatThrownBy(() -> NODES.linkAt(dir, ODD, dir, OTHER)).hasMessageContaining("\"other\" in \"/");
        make(dir, name("third"));
        NODES.renameAt(dir, name("third"), dir, OTHER);
        assertThat(stat(OTHER).size()).isZero();
        assertThat(stat(ODD).links()).isEqualTo(1);
        NODES.symlinkAt("nowhere".getBytes(StandardCharsets.US_ASCII), dir, name("dangling"));
        NODES.linkAt(dir, name("dangling"), dir, name("dangling2"));
        assertThat(stat(name("dangling2")).kind()).isEqualTo(FileKind.SYMLINK);
        assertErrno(Errno.EISDIR, () -> {
            NODES.mkdirAt(dir, name("d"), 0700);
            NODES.unlinkAt(dir, name("d"));
        });
    }

    @Test
    void setsTimesBefore1970AlsoOfLinks() throws PosixException {
        make(dir, ODD);
        NODES.symlinkAt("x".getBytes(StandardCharsets.US_ASCII), dir, OTHER);
        FileTimes times = new FileTimes(-86_400L * 365 * 40, 999_999_999, -1, 1);
        NODES.setTimesAt(dir, ODD, times);
        NODES.setTimesAt(dir, OTHER, times);
        for (RawName name : new RawName[] {ODD, OTHER}) {
            FileStat stat = stat(name);
            assertThat(stat.atimeSeconds()).isEqualTo(-86_400L * 365 * 40);
            assertThat(stat.atimeNanos()).isEqualTo(999_999_999);
            assertThat(stat.mtimeSeconds()).isEqualTo(-1);
            assertThat(stat.mtimeNanos()).isEqualTo(1);
        }
        try (Fd file = POSIX.files().openAt(dir, ODD, OpenFlags.READ)) {
            NODES.setTimes(file, new FileTimes(1, 2, 4_102_444_800L, 4));
        }
        assertThat(stat(ODD).mtimeSeconds()).isEqualTo(4_102_444_800L);
        assertThatThrownBy(() -> new FileTimes(0, 1_000_000_000, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setsModesWithSetuidAfterTheOwner() throws PosixException {
        make(dir, ODD);
        try (Fd file = POSIX.files().openAt(dir, ODD, OpenFlags.READ)) {
            NODES.chmod(file, 07751);
            assertThat(stat(ODD).mode()).isEqualTo(07751);
            NODES.chmodAt(dir, ODD, 0640);
            assertThat(stat(ODD).mode()).isEqualTo(0640);
        }
        NODES.symlinkAt(ODD.bytes(), dir, OTHER);
        assertErrno(Errno.EOPNOTSUPP, () -> NODES.chmodAt(dir, OTHER, 0600));
        assertThat(stat(ODD).mode()).as("the link was not followed").isEqualTo(0640);
    }

    @Test
    void changesOwnersUpToTheLargest() throws PosixException {
        assumeTrue(PosixFixture.isRoot());
        make(dir, ODD);
        NODES.symlinkAt(ODD.bytes(), dir, OTHER);
        NODES.chownAt(dir, OTHER, 4_294_967_294L, 3_000_000_000L);
        assertThat(stat(OTHER).uid()).isEqualTo(4_294_967_294L);
        assertThat(stat(OTHER).gid()).isEqualTo(3_000_000_000L);
        assertThat(stat(ODD).uid()).as("the link was not followed").isZero();
        try (Fd file = POSIX.files().openAt(dir, ODD, OpenFlags.READ)) {
            NODES.chown(file, 12, 34);
        }
        assertThat(stat(ODD).uid()).isEqualTo(12);
        assertThat(stat(ODD).gid()).isEqualTo(34);
    }

    @Test
    void makesDevicesFifosAndSockets() throws PosixException {
        assumeTrue(PosixFixture.isRoot());
        long rdev = LinuxPlatform.device(7, 300);
        NODES.mknodAt(dir, name("block"), FileKind.BLOCK_DEVICE, 0600, rdev);
        NODES.mknodAt(dir, name("char"), FileKind.CHARACTER_DEVICE, 0600, rdev);
        NODES.mknodAt(dir, name("socket"), FileKind.SOCKET, 0600, 0);
        NODES.mkfifoAt(dir, name("fifo"), 0600);
        assertThat(stat(name("block")).kind()).isEqualTo(FileKind.BLOCK_DEVICE);
        assertThat(stat(name("block")).rdev()).isEqualTo(rdev);
        assertThat(stat(name("char")).kind()).isEqualTo(FileKind.CHARACTER_DEVICE);
        assertThat(stat(name("socket")).kind()).isEqualTo(FileKind.SOCKET);
        assertThat(stat(name("fifo")).kind()).isEqualTo(FileKind.FIFO);
    }
}
