package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Await;
import cofre.testkit.StoreBytes;
import cofre.testkit.TornHttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows N2 and N6 of the fault matrix. */
final class RestDownloadFaultTest {
    private static final String TEXT = "0123456789";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.ISO_8859_1);
    private static final FileHandle FILE = StoreBytes.handle(FileType.INDEX, BYTES);

    private TornHttpServer server;
    private RestBackend client;

    @BeforeEach
    void start() throws Exception {
        server = new TornHttpServer();
        client = RestClient.of(server);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9})
    void saysUnreachableWhenAFileIsCutBeforeItsLength(int sent) {
        cutAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + TEXT.substring(0, sent));
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9})
    void refusesAFileCutWithoutLength(int sent) {
        cutAfter("HTTP/1.1 200 OK\r\n\r\n" + TEXT.substring(0, sent));
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.TransferDamage.class);
    }

    @Test
    void takesAFileWithoutLengthWhoseHashIsRight() throws Exception {
        cutAfter("HTTP/1.1 200 OK\r\n\r\n" + TEXT);
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
    }

    @Test
    void takesAFileInChunks() throws Exception {
        String chunks = String.join("\r\n", "3;x=y", "012", "1", "3", "6", "456789", "0", "Trailer: z", "", "");
        server.thenAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        server.thenAnswer(RestClient.ok(TEXT));
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\r\n012\r\n", "3\r\n01", "a\r\n0123456789\r\n", "a\r\n0123456789\r\n0\r\n", ""})
    void saysUnreachableWhenChunksAreCut(String chunks) {
        cutAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-1\r\n", "\r\n", "3\r\n0123\r\n", "fffffffffffffffff\r\n"})
    void refusesChunksThatAreNone(String chunks) {
        cutAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "\r\n\r\n");
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.TransferDamage.class);
    }

    @Test
    void refusesAConfigWhoseEndCannotBeTold() {
        cutAfter("HTTP/1.1 200 OK\r\n\r\n" + TEXT);
        assertThatThrownBy(() -> client.get(FileHandle.CONFIG, 100))
                .isInstanceOf(BackendException.TransferDamage.class);
    }

    @Test
    void stopsReadingAFileWithoutEnd() {
        server.then(with -> {
            with.send("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                with.send(new byte[65536]);
            }
        });
        assertThatThrownBy(() -> client.get(FILE, 1_000_000))
                .isInstanceOf(BackendException.Corrupt.class)
                .hasMessageContaining("more than the 1000000 bytes");
    }

    @Test
    void reservesNoMemoryForALengthThatIsOnlyClaimed() {
        cutAfter("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n" + TEXT);
        assertThatThrownBy(() -> client.get(FILE, Long.MAX_VALUE)).isInstanceOf(BackendException.Unreachable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "206 | Content-Range: bytes 2-5/10 | 3 | 234  | TransferDamage",
                "206 | Content-Range: bytes 2-5/10 | 5 | 23456| TransferDamage",
                "206 | Content-Range: bytes 1-4/10 | 4 | 1234 | TransferDamage",
                "206 | Content-Range: bytes 2-6/10 | 4 | 2345 | TransferDamage",
                "206 | X-None: 1                   | 4 | 2345 | TransferDamage",
                "206 | Content-Range: lines 2-5/10 | 4 | 2345 | TransferDamage",
                "206 | Content-Range: bytes 2-3/4  | 2 | 23   | Corrupt",
                "206 | Content-Range: bytes 2-5/10 | 4 | 234  | Unreachable",
                "200 | X-None: 1                   | 4 | 2345 | Corrupt",
                "416 | Content-Range: bytes */3    | 0 | ''   | Corrupt",
                "302 | Location: /other            | 0 | ''   | Refused",
            })
    void takesExactlyTheRangeAskedFor(int status, String header, int length, String body, String error) {
        cutAfter("HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n" + header + "\r\n\r\n" + body);
        byte[] into = new byte[6];
        assertThatThrownBy(() -> client.read(FILE, 2, into, 1, 4))
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(error);
        assertThat(into[5]).as("nothing behind the range").isZero();
    }

    @Test
    void takesARangeWithoutLengthIfItIsAllThere() throws Exception {
        cutAfter("HTTP/1.1 206 X\r\nContent-Range: bytes 2-5/*\r\n\r\n2345");
        byte[] into = new byte[4];
        client.read(FILE, 2, into, 0, 4);
        assertThat(into).isEqualTo("2345".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void refusesMoreBytesThanTheRange() {
        cutAfter("HTTP/1.1 206 X\r\nContent-Range: bytes 2-5/*\r\n\r\n23456");
        assertThatThrownBy(() -> client.read(FILE, 2, new byte[4], 0, 4))
                .isInstanceOf(BackendException.TransferDamage.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 11\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n"
            })
    void refusesWhatIsNotHttp(String answer) {
        cutAfter(answer);
        assertThatThrownBy(() -> client.get(FILE, 100))
                .isInstanceOf(BackendException.TransferDamage.class)
                .hasMessageContaining("not sound HTTP");
    }

    @Test
    void boundsHeads() {
        cutAfter("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.TransferDamage.class);
        cutAfter("HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(1000) + "\r\n");
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.TransferDamage.class);
        cutAfter("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000));
        assertThatThrownBy(() -> client.get(FILE, 100)).isInstanceOf(BackendException.TransferDamage.class);
    }

    @Test
    void skipsInterimAnswers() throws Exception {
        server.thenAnswer("HTTP/1.1 103 Early\r\nX: y\r\n\r\n" + RestClient.ok(TEXT));
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
    }

    @Test
    void leavesAConnectionThatAnswersTwice() throws Exception {
        server.thenAnswer(RestClient.ok(TEXT) + RestClient.ok("another one"));
        server.thenAnswer(RestClient.ok(TEXT));
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void refusesTheAnswerToAnotherQuestionAndLeavesTheConnection() throws Exception {
        server.thenAnswer(RestClient.ok("another file's bytes"));
        server.thenAnswer(RestClient.ok(TEXT));
        assertThatThrownBy(() -> client.get(FILE, 100))
                .isInstanceOf(BackendException.TransferDamage.class)
                .hasMessageContaining("do not hash to the name");
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void asksAgainWhenAKeptConnectionWasClosed() throws Exception {
        server.then(with -> {
            with.send(RestClient.ok(TEXT));
            return false;
        });
        server.thenAnswer(RestClient.ok(TEXT));
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(server.heads()).hasSize(2);
    }

    @Test
    void asksAgainWhenAKeptConnectionDiesUnderTheQuestion() throws Exception {
        server.thenAnswer(RestClient.ok(TEXT)).then(with -> false).thenAnswer(RestClient.ok(TEXT));
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(client.get(FILE, 10)).isEqualTo(BYTES);
        assertThat(server.heads()).hasSize(3);
    }

    @Test
    void closesAnUnusedConnectionInTime() throws Exception {
        RestTimeouts quick = new RestTimeouts(
                RestClient.PATIENT.connect(),
                RestClient.PATIENT.stall(),
                RestClient.PATIENT.request(),
                Duration.ofMillis(50));
        java.util.concurrent.atomic.AtomicBoolean gone = new java.util.concurrent.atomic.AtomicBoolean();
        server.then(with -> {
            with.send(RestClient.ok(TEXT));
            gone.set(!with.hasNext());
            return false;
        });
        try (RestBackend impatient = RestClient.of(server, quick)) {
            assertThat(impatient.get(FILE, 10)).isEqualTo(BYTES);
            Await.until("the connection is closed", Duration.ofSeconds(10), gone::get);
        }
    }

    private void cutAfter(String answer) {
        server.then(with -> {
            with.readBody();
            with.send(answer);
            return false;
        });
    }
}
