package cofre.server;

import static cofre.server.TestClient.bytes;
import static cofre.server.TestClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H13: what a hostile client sends, byte for byte. */
class HostileRequestsTest {
    private static final byte[] HELLO = bytes("hello world");
    private static final String ID = id(HELLO);
    private static final ServerLimits SHORT =
            new ServerLimits(Duration.ofMillis(500), Duration.ofMillis(800), 10_000, 50, 8, Duration.ofSeconds(1));

    private static final ServerLimits PATIENT =
            new ServerLimits(Duration.ofSeconds(3), Duration.ofSeconds(3), 10_000, 50, 8, Duration.ofSeconds(1));

    @TempDir
    Path scratch;

    private Path folder;
    private OwnServer server;
    private TestClient client;

    @BeforeEach
    void startServer() throws Exception {
        folder = Files.createDirectory(scratch.resolve("repos"));
        Files.writeString(scratch.resolve("secret"), "not for you");
        start(ServerLimits.standard());
        client.post("/r/?create=true", null);
        client.post("/r/data/" + ID, HELLO);
    }

    private void start(ServerLimits limits) throws Exception {
        if (server != null) {
            server.close();
        }
        server = OwnServer.start(
                ServerOptions.of(OwnServer.ANY_PORT, folder, AccessRules.open()).with(limits));
        client = new TestClient(server.address());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private String raw(String request) throws IOException {
        return RawSocket.exchange(server.address(), request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret",
                "/r/../../secret",
                "/r/data/../../../secret",
                "/%2e%2e/secret",
                "/%2e%2e%2fsecret",
                "/..%2f..%2fsecret",
                "/r/data/..%2f..%2f..%2fsecret",
                "/r/data/%2e%2e/%2e%2e/%2e%2e/secret",
                "/r/..;/../secret",
                "/r/data/../config",
                "//r//data//",
                "/r//data/",
                "/./r/data/",
                "/r%2fdata/",
                "/r/data%2f",
                "/r%5cdata/",
                "/%00/data/",
                "/r%00/data/",
                "/r/data/%2e%2e/data/",
                "/%c0%ae%c0%ae/secret",
                "/r/data/0/../0/../0/../0/../0/../config",
                "file:///etc/passwd",
            })
    void pathsThatAreNotExactlyOursAreRefused(String path) throws IOException {
        for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
            String answer = raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(RawSocket.status(answer)).as(method).isIn(400, 404);
            assertThat(answer).doesNotContain("not for you", "root:");
        }
        assertThat(scratch.resolve("secret")).hasContent("not for you");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 11\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 11\r\n",
                "Content-Length: 11\r\nContent-Length: 12\r\n",
                "Content-Length: 11, 12\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: 0x0b\r\n",
                "Content-Length : 11\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked\r\n Transfer-Encoding: identity\r\n",
                "Host: other\r\n",
            })
    void requestsWithTwoMeaningsAreRefusedAndTheConnectionClosed(String headers) throws IOException {
        String smuggled = "DELETE /r/data/" + ID + " HTTP/1.1\r\nHost: x\r\n\r\n";
        String answer = raw("POST /r/keys/" + ID + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n0\r\n\r\n" + smuggled);
        assertThat(RawSocket.status(answer)).isIn(400, 501);
        assertThat(answer).doesNotEndWith("<open>");
        assertThat(answer.split("HTTP/1.1 ", -1)).as("answers").hasSize(2);
        assertThat(folder.resolve("r/data").resolve(ID.substring(0, 2)).resolve(ID))
                .exists();
    }

    @Test
    void hugeHeadersAndUrlsAreRefused() throws Exception {
        String huge = "x".repeat(100_000);
        assertThat(RawSocket.status(raw("GET /r/data/ HTTP/1.1\r\nHost: x\r\nA: " + huge + "\r\n\r\n")))
                .isEqualTo(431);
        assertThat(RawSocket.status(raw("GET /" + huge + " HTTP/1.1\r\nHost: x\r\n\r\n")))
                .isEqualTo(414);
        assertThat(RawSocket.status(raw("GET /r/data/ HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(20_000) + "\r\n")))
                .isEqualTo(431);
        assertThat(client.get("/r/data/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "\0\1\2\3\r\n\r\n",
                "\26\3\1\2\0\1\0\1", // a TLS hello on the plain port
                "GET /r/data/ HTTP/1.1\r\n\r\n", // no Host
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "CONNECT evil:80 HTTP/1.1\r\nHost: evil\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /r/data/ HTTP/1.1\r\nHost: x\r\nBad\0Header: 1\r\n\r\n",
            })
    void noiseIsAnsweredOrCutAndHarmsNobody(String noise) throws Exception {
        try (RawSocket socket = new RawSocket(server.address())) {
            socket.send(noise);
            assertThat(RawSocket.status(socket.readAll(Duration.ofMillis(300)))).isNotEqualTo(200);
        }
        assertThat(client.get("/r/data/").status()).isEqualTo(200);
    }

    @Test
    void slowHeadersAreCutThoughEachByteComesInTime() throws Exception {
        start(SHORT);
        assertThat(dribble("GET /r/data/ HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(1000)))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void slowSecondHeadersAreCutToo() throws Exception {
        start(SHORT);
        assertThat(dribble("HEAD /r/data/" + ID + " HTTP/1.1\r\nHost: x\r\n\r\n", "GET /" + "x".repeat(1000)))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void slowBodiesAreCutAndLeaveNothing() throws Exception {
        start(SHORT);
        String header = "POST /r/keys/" + ID + " HTTP/1.1\r\nHost: x\r\nContent-Length: 11000\r\n\r\n";
        assertThat(dribble(header, "x".repeat(1000))).isLessThan(Duration.ofSeconds(5));
        cofre.testkit.Await.until("no file is left", Duration.ofSeconds(5), () -> {
            try (Stream<Path> files = Files.list(folder.resolve("r/keys"))) {
                return files.findAny().isEmpty();
            }
        });
    }

    @Test
    void silentConnectionsAreCut() throws Exception {
        start(SHORT);
        try (RawSocket socket = new RawSocket(server.address())) {
            assertThat(socket.readAll(Duration.ofSeconds(5))).doesNotEndWith("<open>");
        }
    }

    @Test
    void clientsThatDoNotReadAreCut() throws Exception {
        start(PATIENT); // the first byte of the answer must get through on a busy machine too
        byte[] large = new byte[40 << 20];
        assertThat(client.post("/r/data/" + id(large), large).status()).isEqualTo(200);
        try (RawSocket socket = new RawSocket(server.address())) {
            socket.send("GET /r/data/" + id(large) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(socket.read()).isEqualTo('H');
            // Long enough for the server to lose patience while the socket's buffers are full.
            LockSupport.parkNanos(Duration.ofSeconds(6).toNanos());
            assertThat(socket.readAll(Duration.ofSeconds(5)).length()).isLessThan(large.length);
        }
    }

    @Test
    void hundredsOfSlowClientsDoNotStopAFastOne() throws Exception {
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawSocket socket = new RawSocket(server.address());
                slow.add(socket);
                socket.send("POST /r/keys/" + id(bytes("slow" + i))
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx");
            }
            byte[] fast = bytes("fast");
            assertThat(client.post("/r/data/" + id(fast), fast).status()).isEqualTo(200);
            assertThat(client.get("/r/data/" + id(fast)).body()).isEqualTo(fast);
            assertThat(client.get("/r/keys/").text()).isEqualTo("[]");
        } finally {
            for (RawSocket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void uploadsCutOffLeaveNothing() throws Exception {
        for (String body : List.of("hello", "5\r\nhello\r\n")) {
            boolean chunked = body.contains("\r");
            String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 11";
            try (RawSocket socket = new RawSocket(server.address())) {
                socket.send("POST /r/keys/" + ID + " HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n" + body);
            }
        }
        cofre.testkit.Await.until("no file is left", Duration.ofSeconds(5), () -> {
            try (Stream<Path> files = Files.list(folder.resolve("r/keys"))) {
                return files.findAny().isEmpty();
            }
        });
        assertThat(client.post("/r/keys/" + ID, HELLO).status()).isEqualTo(200);
    }

    @Test
    void refusedUploadsStillLetTheClientReadTheAnswer() throws Exception {
        byte[] large = new byte[20 << 20];
        large[0] = 1;
        assertThat(client.post("/r/data/" + ID, large).status()).isEqualTo(403);
        assertThat(client.post("/r/keys/" + ID, large).status()).isEqualTo(400);
        // A client that sends everything before it reads, as simple ones do.
        try (RawSocket socket = new RawSocket(server.address())) {
            socket.send("POST /r/data/" + ID + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + large.length + "\r\n\r\n");
            String mebibyte = "x".repeat(1 << 20);
            for (int i = 0; i < 20; i++) {
                socket.send(mebibyte);
            }
            assertThat(RawSocket.status(socket.readAll(Duration.ofMillis(500)))).isEqualTo(403);
        }
        assertThat(client.get("/r/data/" + ID).body()).isEqualTo(HELLO);
    }

    @Test
    void answersTellNothingAboutTheServer() throws Exception {
        String answer = raw("GET /../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                + raw("GARBAGE\r\n\r\n")
                + raw("GET /r/data/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("jetty", "java", "server:", scratch.toString());
    }

    /** Sends the beginning at once and the last part byte by byte until the server closes; the time that took. */
    private Duration dribble(String... parts) throws Exception {
        long began = System.nanoTime();
        try (RawSocket socket = new RawSocket(server.address())) {
            if (parts.length == 2) {
                socket.send(parts[0]);
            }
            for (char c : parts[parts.length - 1].toCharArray()) {
                socket.send(String.valueOf(c));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            throw new AssertionError("the server listened to the end");
        } catch (IOException e) {
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }
}
