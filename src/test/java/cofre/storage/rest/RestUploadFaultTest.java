package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.Payload;
import cofre.storage.RetryPolicy;
import cofre.storage.RetryingBackend;
import cofre.testkit.FakeTime;
import cofre.testkit.StoreBytes;
import cofre.testkit.TornHttpServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row N1 of the fault matrix, and early answers. */
final class RestUploadFaultTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final FakeTime time = new FakeTime();
    private TornHttpServer server;
    private RestBackend client;
    private Backend retrying;

    @BeforeEach
    void start() throws Exception {
        server = new TornHttpServer();
        client = RestClient.of(server);
        retrying = new RetryingBackend(client, RetryPolicy.DEFAULT, time, time, new Random(1));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void repeatsAnUploadCutAfterEveryNumberOfBytes() throws Exception {
        byte[] bytes = StoreBytes.random(40, 1);
        for (int n = 0; n <= bytes.length; n++) {
            int cut = n;
            server.then(with -> {
                with.readBody(cut);
                return false;
            });
            server.then(with -> {
                assertThat(with.readBody()).isEqualTo(bytes);
                with.send(OK);
                return true;
            });
            retrying.put(RestClient.data(bytes), Payload.of(bytes));
            assertThat(server.left()).isZero();
        }
        assertThat(time.pauses()).hasSize(bytes.length + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4 << 20, (8 << 20) - 1, 8 << 20})
    void saysUnreachableWhenALargeUploadIsCut(int cut) throws Exception {
        byte[] bytes = StoreBytes.random(8 << 20, 2);
        server.then(with -> {
            with.readBody(cut);
            return with.reset();
        });
        assertThatThrownBy(() -> client.put(RestClient.data(bytes), Payload.of(bytes)))
                .isInstanceOf(BackendException.Unreachable.class)
                .hasMessageStartingWith("cannot store " + RestClient.data(bytes));
    }

    @Test
    void neverRepeatsAnUploadByItself() throws Exception {
        byte[] bytes = StoreBytes.random(40, 3);
        server.thenAnswer(RestClient.length(5)).then(with -> false).thenAnswer(OK);
        client.size(FileHandle.CONFIG);
        assertThatThrownBy(() -> client.put(RestClient.data(bytes), Payload.of(bytes)))
                .isInstanceOf(BackendException.Unreachable.class);
        assertThat(methods()).containsExactly("HEAD", "POST");
    }

    @Test
    void countsALostAnswerAsSuccessAfterLookingAtTheFile() throws Exception {
        byte[] bytes = StoreBytes.random(40, 4);
        server.then(with -> {
                    with.readBody();
                    return false;
                })
                .thenStatus(403, "")
                .thenAnswer(RestClient.length(40))
                .thenAnswer(RestClient.length(40))
                .thenAnswer(RestClient.ok(new String(bytes, StandardCharsets.ISO_8859_1)));
        retrying.put(RestClient.data(bytes), Payload.of(bytes));
        assertThat(methods()).containsExactly("POST", "POST", "HEAD", "HEAD", "GET");
    }

    @Test
    void replacesATornFileThatAnEarlierTryLeft() throws Exception {
        byte[] bytes = StoreBytes.random(40, 5);
        server.then(with -> false)
                .thenStatus(403, "")
                .thenAnswer(RestClient.length(7))
                .thenAnswer(RestClient.length(7))
                .thenStatus(200, "")
                .thenAnswer(OK);
        retrying.put(RestClient.data(bytes), Payload.of(bytes));
        assertThat(methods()).containsExactly("POST", "POST", "HEAD", "HEAD", "DELETE", "POST");
    }

    @Test
    void saysCorruptWhenATornFileMayNotBeRemoved() throws Exception {
        byte[] bytes = StoreBytes.random(40, 6);
        server.then(with -> false)
                .thenStatus(403, "")
                .thenAnswer(RestClient.length(7))
                .thenAnswer(RestClient.length(7))
                .thenStatus(403, "");
        assertThatThrownBy(() -> retrying.put(RestClient.data(bytes), Payload.of(bytes)))
                .isInstanceOf(BackendException.Corrupt.class)
                .hasMessageContaining("7 bytes of other content vs 40");
    }

    @Test
    void hearsARefusalBeforeTheUploadIsThrough() throws Exception {
        byte[] bytes = StoreBytes.random(32 << 20, 7);
        server.then(with -> {
            with.send("HTTP/1.1 507 Full\r\nContent-Length: 0\r\n\r\n");
            return false;
        });
        assertThatThrownBy(() -> client.put(RestClient.data(bytes), Payload.of(bytes)))
                .isInstanceOf(BackendException.NoSpace.class)
                .hasMessageContaining("507");
    }

    @Test
    void doesNotBelieveASuccessBeforeTheUploadIsThrough() throws Exception {
        byte[] bytes = StoreBytes.random(32 << 20, 8);
        server.then(with -> {
            with.send(OK);
            return false;
        });
        assertThatThrownBy(() -> client.put(RestClient.data(bytes), Payload.of(bytes)))
                .isInstanceOf(BackendException.TransferDamage.class);
    }

    @Test
    void sendsLengthTypeAndPrefix() throws Exception {
        byte[] bytes = StoreBytes.random(40, 9);
        server.thenAnswer(OK);
        client.put(RestClient.data(bytes), Payload.of(bytes));
        assertThat(server.heads().get(0))
                .startsWith(
                        "POST /repo/data/" + StoreBytes.sha256(bytes) + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port())
                .contains("\r\nContent-Length: 40\r\n", "\r\nContent-Type: application/octet-stream\r\n")
                .doesNotContain("Transfer-Encoding", "Expect", "Authorization");
    }

    private List<String> methods() {
        return server.heads().stream().map(head -> head.split(" ", 2)[0]).toList();
    }
}
