package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.bytes;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static cofre.posix.PosixFixture.openDescriptors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofre.path.RawName;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixSocketTest {
    private static final RawName NAME = name("control");
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path temp;

    private Path run;
    private byte[] path;

    @BeforeEach
    void choosePlace() {
        run = temp.resolve("run");
        path = bytes(run.resolve("control"));
    }

    private UnixServer listen() throws PosixException {
        return POSIX.sockets().listen(bytes(run), NAME, OptionalLong.empty());
    }

    private UnixStream connect() throws PosixException {
        return POSIX.sockets().connect(path, LONG);
    }

    /** Something that may complain, run on another thread. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> async(Work<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (Exception e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        });
    }

    @Test
    void carriesBytesBothWaysAndKnowsThePeerFirst() throws Exception {
        byte[] question = new byte[300_000];
        new Random(3).nextBytes(question);
        try (UnixServer server = listen();
                UnixStream client = connect()) {
            UnixStream served = server.accept().orElseThrow();
            assertThat(served.peer())
                    .isEqualTo(new Peer(
                            POSIX.process().uid(),
                            POSIX.process().gid(),
                            POSIX.process().pid()));
            assertThat(client.peer().uid()).isEqualTo(POSIX.process().uid());
            CompletableFuture<byte[]> heard = async(() -> served.input().readAllBytes());
            client.output().write(question);
            client.endOutput();
            assertThat(heard.get()).isEqualTo(question);
            served.output().write(7);
            assertThat(client.input().read()).isEqualTo(7);
            served.close();
            assertThat(client.input().read()).isEqualTo(-1);
            assertErrno(Errno.EPIPE, () -> client.output().write(1));
        }
    }

    @Test
    void h12MakesThePlaceSafe() throws Exception {
        try (UnixServer server = listen();
                Fd dir = directory(run)) {
            assertThat(server).isNotNull();
            assertThat(POSIX.directories().stat(dir).mode() & 07).isZero();
            assertThat(POSIX.directories().statAt(dir, NAME).mode()).isEqualTo(0660);
        }
        assertThat(run.resolve("control")).doesNotExist();
    }

    @Test
    void givesTheSocketToAGroup() throws Exception {
        assumeTrue(PosixFixture.isRoot());
        try (UnixServer server = POSIX.sockets().listen(bytes(run), NAME, OptionalLong.of(1234));
                Fd dir = directory(run)) {
            assertThat(server).isNotNull();
            assertThat(POSIX.directories().statAt(dir, NAME).gid()).isEqualTo(1234);
            assertThat(POSIX.directories().stat(dir).gid()).isEqualTo(1234);
        }
    }

    @Test
    void h12RefusesADirectoryThatOthersMayWriteTo() throws Exception {
        Files.createDirectory(run);
        Files.setPosixFilePermissions(run, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwx---"));
        assertErrno(Errno.EACCES, this::listen);
        Path other = temp.resolve("other");
        Files.move(run, other);
        Files.createSymbolicLink(run, other);
        assertErrno(Errno.ENOTDIR, this::listen);
    }

    @Test
    void h12ReplacesAStaleSocketOnly() throws Exception {
        UnixServer dead = listen();
        Path kept = run.resolve("kept");
        Files.createLink(kept, run.resolve("control"));
        dead.close();
        Files.move(kept, run.resolve("control"));
        assertErrno(Errno.ECONNREFUSED, this::connect);
        try (UnixServer server = listen()) {
            assertThat(server).isNotNull();
            assertErrno(Errno.EADDRINUSE, this::listen);
            try (UnixStream still = connect()) {
                assertThat(still.peer().uid()).isEqualTo(POSIX.process().uid());
            }
        }
        try (Fd dir = directory(run)) {
            make(dir, NAME, (byte) 1);
        }
        assertErrno(Errno.EEXIST, this::listen);
        assertThat(run.resolve("control")).hasSize(1);
    }

    @Test
    void closeLeavesASuccessorsSocketAlone() throws Exception {
        UnixServer first = listen();
        Files.delete(run.resolve("control"));
        try (UnixServer second = listen()) {
            first.close();
            try (UnixStream client = connect()) {
                assertThat(second.accept()).isPresent();
                assertThat(client.peer()).isNotNull();
            }
        }
    }

    @Test
    void obeysDeadlinesOfReadsAndWrites() throws Exception {
        try (UnixServer server = listen();
                UnixStream client = connect();
                UnixStream served = server.accept().orElseThrow()) {
            served.deadlineIn(SHORT);
            assertErrno(Errno.ETIMEDOUT, () -> served.input().read());
            client.output().write(1);
            assertErrno(Errno.ETIMEDOUT, () -> served.input().read());
            served.deadlineIn(SHORT);
            assertErrno(Errno.ETIMEDOUT, () -> served.output().write(new byte[8 << 20]));
            served.noDeadline();
            assertThat(served.input().read()).isEqualTo(1);
        }
    }

    @Test
    void aPeerThatDripsGainsNoTime() throws Exception {
        long[] now = {0};
        Posix frozen = Posix.load(() -> now[0]);
        try (UnixServer server = frozen.sockets().listen(bytes(run), NAME, OptionalLong.empty());
                UnixStream client = connect();
                UnixStream served = server.accept().orElseThrow()) {
            client.output().write(new byte[10]);
            served.deadlineIn(Duration.ofSeconds(5));
            InputStream input = served.input();
            for (int i = 0; i < 5; i++) {
                assertThat(input.read()).isZero();
                now[0] += TimeUnit.SECONDS.toNanos(1);
            }
            assertErrno(Errno.ETIMEDOUT, input::read);
        }
    }

    @Test
    void closingWakesAcceptAndRead() throws Exception {
        UnixServer server = listen();
        CompletableFuture<Optional<UnixStream>> first = async(server::accept);
        UnixStream client = connect();
        UnixStream served = first.get().orElseThrow();
        CompletableFuture<Optional<UnixStream>> waiting = async(server::accept);
        CompletableFuture<Integer> reading = async(() -> served.input().read());
        CompletableFuture<Integer> ended = async(() -> client.input().read());
        assertThat(waiting).isNotDone();
        served.close();
        assertThat(ended.get()).isEqualTo(-1);
        assertThat(causeOf(reading))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
        server.close();
        server.close();
        assertThat(waiting.get()).isEmpty();
        assertThat(server.accept()).isEmpty();
        client.close();
        client.close();
        assertErrno(Errno.EBADF, () -> client.input().read());
    }

    private static Throwable causeOf(CompletableFuture<?> future) throws InterruptedException {
        try {
            return new AssertionError("ended with " + future.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void leavesNoDescriptorBehind() throws Exception {
        try (UnixServer warm = listen()) {
            assertThat(warm).isNotNull();
        }
        long before = openDescriptors();
        for (int i = 0; i < 50; i++) {
            try (UnixServer server = listen();
                    UnixStream client = connect();
                    UnixStream served = server.accept().orElseThrow()) {
                client.output().write(1);
                assertThat(served.input().read()).isEqualTo(1);
                assertErrno(Errno.EADDRINUSE, this::listen);
            }
            assertErrno(Errno.ENOENT, this::connect);
        }
        assertThat(openDescriptors()).isEqualTo(before);
    }

    @Test
    void aFullBacklogIsAnAnswerButNotForever() throws Exception {
        java.util.List<UnixStream> waiting = new java.util.ArrayList<>();
        try (UnixServer server = listen()) {
            assertThat(server).isNotNull();
            PosixException refused = null;
            while (refused == null && waiting.size() < 1000) {
                try {
                    waiting.add(POSIX.sockets().connect(path, SHORT));
                } catch (PosixException e) {
                    refused = e;
                }
            }
            assertThat(refused).isNotNull();
            assertThat(refused.errno()).isEqualTo(Errno.ETIMEDOUT);
            assertErrno(Errno.EADDRINUSE, this::listen);
        } finally {
            waiting.forEach(UnixStream::close);
        }
    }

    @Test
    void saysWhenAPathIsTooLong() {
        assertErrno(
                Errno.ENAMETOOLONG,
                () -> POSIX.sockets().listen(bytes(temp), name("x".repeat(108)), OptionalLong.empty()));
    }

    @Test
    void tellsAnotherUsersConnectionByTheKernelsWord() throws Exception {
        assumeTrue(PosixFixture.isRoot());
        try (UnixServer server = POSIX.sockets().listen(bytes(run), NAME, OptionalLong.of(NobodyClient.NOBODY))) {
            // The way to the socket must be open to nobody as well.
            Files.setPosixFilePermissions(temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
            CompletableFuture<String> child = async(() ->
                    ChildJvm.run("C", NobodyClient.class, run.resolve("control").toString()));
            try (UnixStream served = server.accept().orElseThrow()) {
                assertThat(served.peer().uid()).isEqualTo(NobodyClient.NOBODY);
                assertThat(served.peer().gid()).isEqualTo(NobodyClient.NOBODY);
                served.output().write('!');
            }
            assertThat(child.get().strip()).isEqualTo("heard !");
        }
    }
}
