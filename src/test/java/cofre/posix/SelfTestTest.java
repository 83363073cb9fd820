package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestTest {
    @TempDir
    private Path temp;

    @Test
    void trustsThisSystemAndLeavesNothing() throws Exception {
        Files.writeString(temp.resolve(".cofre-selftest-" + POSIX.process().pid()), "left by a killed run");
        try (Fd dir = directory(temp)) {
            new SelfTest(POSIX).run(dir);
        }
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void refusesWrongOffsets() throws Exception {
        Posix wrong = POSIX.withDirectories(new ShiftedDirectories(POSIX.directories()));
        try (Fd dir = directory(temp)) {
            assertErrno(Errno.EPROTO, () -> new SelfTest(wrong).run(dir));
        }
        assertThat(temp).isEmptyDirectory();
    }

    /** What jnr-posix shows on FreeBSD: the link count is the high half of the real one. */
    private record ShiftedDirectories(Directories real) implements Directories {
        @Override
        public FileStat stat(Fd file) throws PosixException {
            FileStat s = real.stat(file);
            return new FileStat(
                    s.kind(),
                    s.mode(),
                    s.uid(),
                    s.gid(),
                    s.links() >>> 32,
                    s.inode(),
                    s.device(),
                    s.rdev(),
                    s.size(),
                    s.blocks(),
                    s.mtimeSeconds(),
                    s.mtimeNanos(),
                    s.ctimeSeconds(),
                    s.ctimeNanos(),
                    s.atimeSeconds(),
                    s.atimeNanos(),
                    s.birthSeconds(),
                    s.birthNanos(),
                    s.flags());
        }

        @Override
        public FileStat statAt(Fd dir, cofre.path.RawName name) throws PosixException {
            return real.statAt(dir, name);
        }

        @Override
        public FileStat statFollowing(byte[] path) throws PosixException {
            return real.statFollowing(path);
        }

        @Override
        public java.util.List<RawDirEntry> list(Fd dir) throws PosixException {
            return real.list(dir);
        }

        @Override
        public java.util.List<StatEntry> listWithStat(Fd dir) throws PosixException {
            return real.listWithStat(dir);
        }

        @Override
        public FileSystemInfo fileSystem(Fd file) throws PosixException {
            return real.fileSystem(file);
        }
    }
}
