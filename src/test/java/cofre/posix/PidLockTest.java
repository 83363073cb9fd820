package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidLockTest {
    private static final RawName NAME = name("daemon.pid");

    @TempDir
    private Path temp;

    @Test
    void c1LetsOnlyOneHoldIt() throws Exception {
        try (Fd dir = directory(temp)) {
            PidLock lock = PidLock.tryAcquire(POSIX, dir, NAME).orElseThrow();
            assertThat(PidLock.tryAcquire(POSIX, dir, NAME)).isEmpty();
            assertThat(PidLock.holder(POSIX, dir, NAME))
                    .hasValue(POSIX.process().pid());
            assertThat(temp.resolve("daemon.pid")).hasContent(POSIX.process().pid() + "\n");
            lock.close();
            lock.close();
            assertThat(PidLock.holder(POSIX, dir, NAME)).isEmpty();
            PidLock.tryAcquire(POSIX, dir, NAME).orElseThrow().close();
        }
    }

    @Test
    void c1TakesOverWhatADeadProcessLeft() throws Exception {
        Files.writeString(temp.resolve("daemon.pid"), "999999999 a longer text than a pid\n");
        try (Fd dir = directory(temp)) {
            assertThat(PidLock.holder(POSIX, dir, NAME)).isEmpty();
            try (PidLock lock = PidLock.tryAcquire(POSIX, dir, NAME).orElseThrow()) {
                assertThat(lock).isNotNull();
                assertThat(temp.resolve("daemon.pid"))
                        .hasContent(POSIX.process().pid() + "\n");
            }
        }
    }

    @Test
    void followsNoLink() throws Exception {
        Files.createSymbolicLink(temp.resolve("daemon.pid"), temp.resolve("victim"));
        try (Fd dir = directory(temp)) {
            assertErrno(Errno.ELOOP, () -> PidLock.tryAcquire(POSIX, dir, NAME));
        }
        assertThat(temp.resolve("victim")).doesNotExist();
    }

    @Test
    void c1IsHeldAgainstOtherProcessesAndFreedByTheirDeath() throws Exception {
        try (Fd dir = directory(temp)) {
            PidLock lock = PidLock.tryAcquire(POSIX, dir, NAME).orElseThrow();
            assertThat(ChildJvm.run("C", Taker.class, temp.toString())).contains("taken: false");
            lock.close();
            assertThat(ChildJvm.run("C", Taker.class, temp.toString())).contains("taken: true");
            assertThat(PidLock.holder(POSIX, dir, NAME))
                    .as("it died without release")
                    .isPresent();
            PidLock.tryAcquire(POSIX, dir, NAME).orElseThrow().close();
        }
    }

    /** Takes the lock and ends without releasing it. */
    public static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) throws PosixException {
            Posix posix = Posix.load(System::nanoTime);
            Fd dir = posix.files().open(arguments[0].getBytes(StandardCharsets.US_ASCII), OpenFlags.REAL_DIRECTORY);
            System.out.println("taken: " + PidLock.tryAcquire(posix, dir, NAME).isPresent());
        }
    }
}
