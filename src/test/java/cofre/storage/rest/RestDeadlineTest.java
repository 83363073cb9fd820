package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.Await;
import cofre.testkit.StoreBytes;
import cofre.testkit.TornHttpServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row N3 of the fault matrix: nothing blocks for ever. */
@Timeout(60)
final class RestDeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final RestTimeouts STALL = new RestTimeouts(LONG, SHORT, LONG, LONG);
    private static final RestTimeouts TOTAL = new RestTimeouts(LONG, LONG, SHORT, LONG);
    private static final RestTimeouts CONNECT = new RestTimeouts(SHORT, LONG, LONG, LONG);
    private static final byte[] BYTES = StoreBytes.random(40, 1);
    private static final FileHandle FILE = StoreBytes.handle(FileType.INDEX, BYTES);

    private TornHttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TornHttpServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void cutsAServerThatNeverAnswers() throws Exception {
        server.then(with -> {
            with.stall();
            return false;
        });
        try (RestBackend client = RestClient.of(server, STALL)) {
            assertThatThrownBy(() -> client.get(FILE, 100))
                    .isInstanceOf(BackendException.Unreachable.class)
                    .hasMessageContaining("no byte moved for 250 ms");
        }
    }

    @Test
    void cutsAServerThatStopsInsideItsAnswer() throws Exception {
        server.then(with -> {
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n01234");
            with.stall();
            return false;
        });
        try (RestBackend client = RestClient.of(server, STALL)) {
            assertThatThrownBy(() -> client.get(FILE, 100))
                    .isInstanceOf(BackendException.Unreachable.class)
                    .hasMessageContaining("no byte moved");
        }
    }

    @Test
    void cutsAServerThatTakesNoUpload() throws Exception {
        byte[] large = StoreBytes.random(64 << 20, 2);
        server.then(with -> {
            with.stall();
            return false;
        });
        try (RestBackend client = RestClient.of(server, STALL)) {
            assertThatThrownBy(() -> client.put(RestClient.data(large), Payload.of(large)))
                    .isInstanceOf(BackendException.Unreachable.class)
                    .hasMessageContaining("no byte moved");
        }
    }

    @Test
    void cutsAServerThatTricklesBeyondTheTotal() throws Exception {
        server.then(with -> {
            with.send("HTTP/1.1 200 OK\r\nX: ");
            while (true) {
                with.send("x");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
        try (RestBackend client = RestClient.of(server, TOTAL)) {
            assertThatThrownBy(() -> client.get(FILE, 100))
                    .isInstanceOf(BackendException.Unreachable.class)
                    .hasMessageContaining("not done after 250 ms");
        }
    }

    @Test
    void cutsATlsHandshakeThatNeverEnds() throws Exception {
        String https = server.url().replace("http:", "https:");
        RestOptions options = RestOptions.parse(https, Optional.empty()).withTimeouts(CONNECT);
        try (RestBackend client = new RestBackend(options, System::nanoTime)) {
            assertThatThrownBy(() -> client.get(FILE, 100))
                    .isInstanceOf(BackendException.Unreachable.class)
                    .hasMessageContaining("no connection within 250 ms");
        }
    }

    @Test
    void waitsForAFreeConnectionOnlySoLong() throws Exception {
        for (int i = 0; i < 2; i++) {
            server.then(with -> {
                with.stall();
                return false;
            });
        }
        RestTimeouts timeouts = new RestTimeouts(LONG, LONG, Duration.ofSeconds(1), LONG);
        try (RestBackend client = RestClient.of(server, timeouts)) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> readQuietly(client));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> readQuietly(client));
            assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
            CompletableFuture.allOf(first, second).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStuckRequestDoesNotHoldUpOthers() throws Exception {
        server.then(with -> {
            with.stall();
            return false;
        });
        RestBackend client = RestClient.of(server);
        CompletableFuture<Void> stuck = CompletableFuture.runAsync(() -> readQuietly(client));
        Await.until(
                "the first request came",
                Duration.ofSeconds(10),
                () -> server.heads().size() == 1);
        server.thenAnswer(RestClient.length(7));
        assertThat(client.size(FILE)).isEqualTo(7);
        assertThat(stuck).isNotDone();
        client.close();
        stuck.get(30, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        server.then(with -> {
            with.stall();
            return false;
        });
        try (RestBackend client = RestClient.of(server)) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    client.get(FILE, 100);
                    flag.completeExceptionally(new AssertionError("an answer from a stuck server"));
                } catch (BackendException e) {
                    flag.complete(e instanceof BackendException.Unreachable
                            && e.getMessage().contains("interrupted")
                            && Thread.currentThread().isInterrupted());
                }
            });
            reader.start();
            Await.until(
                    "the request came",
                    Duration.ofSeconds(10),
                    () -> server.heads().size() == 1);
            reader.interrupt();
            assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void saysUnreachableWhenNobodyListens() throws Exception {
        String url = server.url();
        server.close();
        RestOptions options = RestOptions.parse(url, Optional.empty());
        try (RestBackend client = new RestBackend(options, System::nanoTime)) {
            assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
        }
    }

    @Test
    void saysUnreachableWhenTheHostHasNoAddress() {
        RestOptions options = RestOptions.parse("http://no-such-host.invalid/", Optional.empty());
        try (RestBackend client = new RestBackend(options, System::nanoTime)) {
            assertThatThrownBy(() -> client.get(FILE, 100))
                    .isInstanceOf(BackendException.Unreachable.class)
                    .hasMessageContaining("host name is not known");
        }
    }

    @Test
    void refusesWorkAfterClose() throws ExecutionException, InterruptedException {
        RestBackend client = RestClient.of(server);
        client.close();
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
    }

    private static void readQuietly(RestBackend client) {
        try {
            client.get(FILE, 100);
            throw new AssertionError("an answer from a stuck server");
        } catch (BackendException e) {
            assertThat(e).isInstanceOf(BackendException.Unreachable.class);
        }
    }
}
