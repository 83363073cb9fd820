package cofre.control;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control socket against callers of every kind (faults H10, H11). */
@Timeout(30)
class ControlServerTest {
    private static final Caller ROOT = new Caller(0, 0);
    private static final ControlLimits LIMITS =
            new ControlLimits(64 << 10, Duration.ofMillis(400), 8, 64 << 10, Duration.ofMillis(400));

    @TempDir
    private Path dir;

    private final AtomicReference<Caller> caller = new AtomicReference<>(ROOT);
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Semaphore cancelled = new Semaphore(0);
    private final Semaphore detached = new Semaphore(0);
    private final Semaphore interrupted = new Semaphore(0);
    private Path socket;
    private ControlServer server;

    @BeforeEach
    void startServer() throws IOException {
        socket = dir.resolve("s");
        Map<String, CommandHandler> handlers = Map.of(
                "echo", (request, reply) -> reply.result(Exit.OK, request.args().values()),
                "fail",
                        (request, reply) -> {
                            throw new CommandException(Exit.WRONG_PASSWORD, "cannot open: wrong");
                        },
                "bug",
                        (request, reply) -> {
                            throw new IllegalStateException("secret detail");
                        },
                "rows", this::rows,
                "chatter", this::chatter,
                "wait", this::waitForRelease,
                "job", this::job);
        AccessRule rule = AccessRule.of(500, OptionalLong.of(70), uid -> uid == 1001);
        server = new ControlServer(NioListener.at(socket, caller::get), rule, handlers, LIMITS);
        server.start();
    }

    @AfterEach
    void stopServer() {
        release.countDown();
        server.close();
    }

    private void rows(ControlRequest request, ControlReply reply) throws InterruptedException, CommandException {
        long n = request.args().number("n", 3);
        entered.release();
        try {
            for (long i = 0; i < n; i++) {
                reply.item(Map.of("i", i, "pad", "x".repeat(1000)));
            }
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        }
    }

    private void chatter(ControlRequest request, ControlReply reply) {
        for (int i = 0; i < 2000; i++) {
            reply.progress(new ProgressReport("reading", i, 2000, 0, 0, 0, 0));
            reply.message(Level.INFO, "x".repeat(1000));
        }
        entered.release();
    }

    private void waitForRelease(ControlRequest request, ControlReply reply) throws InterruptedException {
        entered.release();
        try {
            release.await();
        } catch (InterruptedException e) {
            interrupted.release();
            throw e;
        }
    }

    private void job(ControlRequest request, ControlReply reply) throws InterruptedException {
        reply.onCancel(() -> {
            cancelled.release();
            release.countDown();
        });
        reply.onDetach(detached::release);
        reply.accepted(17);
        entered.release();
        while (!release.await(20, TimeUnit.MILLISECONDS)) {
            reply.progress(ProgressReport.START);
        }
        reply.result(Exit.INTERRUPTED, Map.of());
    }

    @Test
    void answersARequest() throws Exception {
        assertThat(ask("echo", Map.of("a", "ç\n", "n", 3L, "l", List.of("x", "y"), "b", true)))
                .containsExactly(
                        new ControlEvent.Result(0, "", Map.of("a", "ç\n", "n", 3L, "l", List.of("x", "y"), "b", true)));
    }

    @Test
    void givesRowsInOrder() throws Exception {
        List<ControlEvent> events = ask("rows", Map.of("n", 500L));
        assertThat(events).hasSize(501);
        assertThat(((ControlEvent.Item) events.get(499)).row()).containsEntry("i", 499L);
        assertThat(events.get(500)).isEqualTo(new ControlEvent.Result(0, "", Map.of()));
    }

    @Test
    void passesOnWhatACommandCannotDo() throws Exception {
        assertThat(ask("fail", Map.of())).containsExactly(new ControlEvent.Result(12, "cannot open: wrong", Map.of()));
    }

    @Test
    void keepsTheDetailsOfItsOwnFaultsToTheLog() throws Exception {
        ControlEvent.Result result = (ControlEvent.Result) ask("bug", Map.of()).get(0);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.error()).contains("a fault of cofre itself").doesNotContain("secret detail");
    }

    @Test
    void namesUnknownCommandsAndVersions() throws Exception {
        assertThat(raw("{\"v\":1,\"command\":\"\\u001b[2Jx\"}\n"))
                .contains("\"exit\":2")
                .contains("an unknown command vs one of bug, chatter")
                .contains("x1b[2Jx");
        assertThat(raw("{\"v\":2,\"command\":\"echo\"}\n")).contains("version 2 vs 1");
        assertThat(raw("{\"command\":\"echo\"}\n")).contains("no version vs");
        assertThat(raw("{\"v\":1}\n")).contains("no usable \\\"command\\\"");
        assertThat(raw("{\"v\":1,\"command\":\"echo\",\"args\":[]}\n")).contains("\\\"args\\\" is no object");
    }

    @Test
    void refusesWhatIsNoBoundedJsonObject() throws Exception {
        for (String bad : List.of(
                "\n",
                "[]\n",
                "{}{}\n",
                "{\"v\":1,\"v\":1,\"command\":\"echo\"}\n",
                "{\"v\":1,\"command\":\"echo\",\"args\":{\"a\":1e999999999999999999999999999999999999999999}}\n",
                "{\"v\":1,\"command\":\"echo\",\"args\":{\"a\":99999999999999999999}}\n",
                "{\"v\":1,\"command\":\"echo\",\"args\":" + "[".repeat(30_000) + "\n",
                "{\"v\":1,\"command\":\"echo\",\"args\":" + "{\"a\":".repeat(5_000) + "\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\u0000\u0001\u0002\n")) {
            assertThat(raw(bad))
                    .as(bad.substring(0, Math.min(60, bad.length())))
                    .contains("\"exit\":2");
        }
        assertStillServes();
    }

    @Test
    void cutsALineWithoutEndAtTheBound() throws Exception {
        try (SocketChannel channel = open()) {
            ByteBuffer block = ByteBuffer.allocate(16 << 10);
            long sent = 0;
            try {
                while (sent < 1L << 30) {
                    block.clear();
                    sent += channel.write(block);
                }
            } catch (IOException e) {
                // The server closed: what we came for.
                assertThat(sent).isLessThan(2 << 20);
            }
            assertThat(sent).isLessThan(1L << 30);
        }
        assertStillServes();
    }

    @Test
    void closesOnHalfAMessage() throws Exception {
        try (SocketChannel channel = open()) {
            send(channel, "{\"v\":1,\"comm");
            channel.shutdownOutput();
            assertThat(readAll(channel)).contains("a newline at its end");
        }
    }

    @Test
    void doesNotWaitLongForARequest() throws Exception {
        try (SocketChannel silent = open();
                SocketChannel dripping = open()) {
            send(dripping, "{\"v\"");
            assertThat(readAll(silent)).isEmpty();
            assertThat(readAll(dripping)).isEmpty();
        }
        await(() -> server.connections() == 0);
    }

    @Test
    void admitsRootItsOwnUserAndTheGroupOnly() throws Exception {
        for (Caller good : List.of(ROOT, new Caller(500, 500), new Caller(1000, 70), new Caller(1001, 1001))) {
            caller.set(good);
            assertThat(raw("{\"v\":1,\"command\":\"echo\"}\n"))
                    .as(good.toString())
                    .contains("\"exit\":0");
        }
        for (Caller bad : List.of(new Caller(1000, 1000), new Caller(70, 0), new Caller(4294967295L, 4294967295L))) {
            caller.set(bad);
            assertThat(raw("")).as(bad.toString()).contains("\"exit\":1").contains("as uid " + bad.uid());
        }
    }

    @Test
    void servesOnlySoManyAtOnce() throws Exception {
        List<SocketChannel> all = new ArrayList<>();
        try {
            for (int i = 0; i < LIMITS.connections(); i++) {
                SocketChannel channel = open();
                all.add(channel);
                send(channel, "{\"v\":1,\"command\":\"wait\"}\n");
                assertThat(entered.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            }
            for (int i = 0; i < 32; i++) {
                assertThat(raw("")).contains("8 connections are open");
            }
        } finally {
            release.countDown();
            for (SocketChannel channel : all) {
                channel.close();
            }
        }
        await(() -> server.connections() == 0);
        assertStillServes();
    }

    @Test
    void cancelInterruptsWhatIsNoJob() throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send("wait", Map.of());
            assertThat(entered.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            client.cancel();
            assertThat(client.next()).contains(new ControlEvent.Result(130, "cancelled", Map.of()));
            assertThat(interrupted.tryAcquire()).isTrue();
        }
    }

    @Test
    void cancelReachesAJob() throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send("job", Map.of());
            assertThat(client.next()).contains(new ControlEvent.Accepted(17));
            client.cancel();
            ControlEvent event = client.next().orElseThrow();
            while (event instanceof ControlEvent.Progress) {
                event = client.next().orElseThrow();
            }
            assertThat(event).isEqualTo(new ControlEvent.Result(130, "", Map.of()));
            assertThat(cancelled.tryAcquire()).isTrue();
            assertThat(detached.availablePermits()).isZero();
        }
    }

    @Test
    void leavingDetachesFromAJobAndDoesNotCancelIt() throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send("job", Map.of());
            assertThat(entered.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(detached.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        assertThat(cancelled.availablePermits()).isZero();
        assertStillServes();
    }

    @Test
    void leavingInTheMiddleOfAListingEndsIt() throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send("rows", Map.of("n", 1_000_000_000L));
            assertThat(client.next()).isPresent();
        }
        assertThat(interrupted.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        await(() -> server.connections() == 0);
    }

    @Test
    void aReaderThatStopsIsCutAndHoldsUpNobody() throws Exception {
        try (SocketChannel channel = open()) {
            send(channel, "{\"v\":1,\"command\":\"rows\",\"args\":{\"n\":1000000000}}\n");
            assertThat(entered.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            assertStillServes();
            assertThat(interrupted.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        }
        await(() -> server.connections() == 0);
    }

    @Test
    void aJobNeverWaitsForAReaderThatStops() throws Exception {
        try (SocketChannel channel = open()) {
            send(channel, "{\"v\":1,\"command\":\"chatter\"}\n");
            assertThat(entered.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        }
        await(() -> server.connections() == 0);
    }

    @Test
    void aSlowReaderGetsAllRows() throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send("rows", Map.of("n", 2000L));
            int items = 0;
            while (client.next().orElseThrow() instanceof ControlEvent.Item) {
                items++;
                if (items % 100 == 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(items).isEqualTo(2000);
        }
    }

    @Test
    void takesNoSecondRequest() throws Exception {
        try (SocketChannel channel = open()) {
            send(channel, "{\"v\":1,\"command\":\"wait\"}\n{\"v\":1,\"command\":\"echo\"}\n");
            assertThat(readAll(channel)).isEmpty();
        }
        assertThat(interrupted.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    private void assertStillServes() throws Exception {
        assertThat(ask("echo", Map.of())).containsExactly(new ControlEvent.Result(0, "", Map.of()));
    }

    private List<ControlEvent> ask(String command, Map<String, ?> args) throws Exception {
        try (ControlClient client = ControlClient.connect(socket)) {
            client.send(command, args);
            List<ControlEvent> events = new ArrayList<>();
            for (var event = client.next(); event.isPresent(); event = client.next()) {
                events.add(event.get());
            }
            return events;
        }
    }

    private String raw(String text) throws IOException {
        try (SocketChannel channel = open()) {
            send(channel, text);
            return readAll(channel);
        }
    }

    private SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String readAll(SocketChannel channel) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                text.append(StandardCharsets.UTF_8.decode(buffer));
                buffer.clear();
            }
        } catch (IOException e) {
            // A reset after the answer is an end like any other.
            return text.toString();
        }
        return text.toString();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
