package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import cofre.testkit.TornHttpServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows N4, N5 and N7 (redirects) of the fault matrix. */
final class RestStatusTest {
    private static final byte[] BYTES = StoreBytes.random(40, 1);
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
    @CsvSource({
        "400,Refused,TransferDamage,Refused,Refused",
        "401,Refused,Refused,Refused,Refused",
        "403,Refused,Refused,Refused,Refused",
        "404,NotFound,NotFound,none,none",
        "405,Refused,Refused,Refused,Refused",
        "408,Unreachable,Unreachable,Unreachable,Unreachable",
        "409,Refused,Refused,Refused,Refused",
        "411,Refused,Refused,Refused,Refused",
        "413,NoSpace,NoSpace,NoSpace,NoSpace",
        "416,Corrupt,Corrupt,Corrupt,Corrupt",
        "429,Unreachable,Unreachable,Unreachable,Unreachable",
        "500,Unreachable,Unreachable,Unreachable,Unreachable",
        "501,Refused,Refused,Refused,Refused",
        "502,Unreachable,Unreachable,Unreachable,Unreachable",
        "503,Unreachable,Unreachable,Unreachable,Unreachable",
        "504,Unreachable,Unreachable,Unreachable,Unreachable",
        "507,NoSpace,NoSpace,NoSpace,NoSpace",
        "202,Refused,Refused,Refused,Refused",
        "301,Refused,Refused,Refused,Refused",
        "307,Refused,Refused,Refused,Refused",
        "999,Refused,Refused,Refused,Refused",
    })
    void meansTheSameEverywhere(int status, String get, String put, String list, String delete) {
        answer(status);
        assertThat(error(() -> client.get(FILE, 100))).isEqualTo(get);
        answer(status);
        assertThat(error(() -> client.size(FILE))).isEqualTo(get);
        answer(status);
        if (status == 403) {
            answer(404);
        }
        assertThat(error(() -> client.put(FILE, Payload.of(BYTES)))).isEqualTo(put);
        answer(status);
        assertThat(error(() -> client.list(FileType.INDEX, info -> {}))).isEqualTo(list);
        answer(status);
        assertThat(error(() -> client.delete(FILE))).isEqualTo(delete);
        answer(status);
        assertThat(error(client::create)).isEqualTo(status == 400 ? "Refused" : status == 404 ? "NotFound" : get);
        assertThat(server.left()).isZero();
    }

    @Test
    void saysWhichStatusObjectAndPlace() {
        answer(507);
        assertThatThrownBy(() -> client.put(FILE, Payload.of(BYTES)))
                .hasMessageStartingWith("cannot store " + FILE + " at " + server.url() + "repo/: it answers 507");
    }

    @Test
    void a403ToAnUploadIsARefusalWhenThereIsNoSuchFile() {
        answer(403);
        answer(404);
        assertThat(error(() -> client.put(FILE, Payload.of(BYTES)))).isEqualTo("Refused");
    }

    @Test
    void a403ToAnUploadMeansThatTheFileIsThere() {
        answer(403);
        server.thenAnswer(RestClient.length(40));
        assertThat(error(() -> client.put(FILE, Payload.of(BYTES)))).isEqualTo("AlreadyExists");
    }

    @Test
    void anAnswerToWhetherItIsThereThatFailsIsPassedOn() {
        answer(403);
        answer(503);
        assertThat(error(() -> client.put(FILE, Payload.of(BYTES)))).isEqualTo("Unreachable");
    }

    @Test
    void a400ToAConfigIsNoDamage() {
        answer(400);
        assertThat(error(() -> client.put(FileHandle.CONFIG, Payload.of(BYTES))))
                .isEqualTo("Refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After: 7 | 7",
                "Retry-After: 0 | 0",
                "Retry-After: 999999999 | 3600",
                "Retry-After: Wed, 21 Oct 2015 07:28:10 GMT#Date: Wed, 21 Oct 2015 07:28:00 GMT | 10",
            })
    void hearsHowLongToWait(String headers, long seconds) {
        server.thenStatus(503, headers.replace("#", "\r\n") + "\r\n");
        BackendException.Unreachable e =
                catchThrowableOfType(BackendException.Unreachable.class, () -> client.get(FILE, 100));
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Retry-After: soon",
                "Retry-After: -5",
                "Retry-After: Wed, 21 Oct 2015 07:28:10 GMT",
                "Retry-After: Wed, 21 Oct 2015 07:28:10 GMT\r\nDate: Wed, 21 Oct 2015 07:28:20 GMT"
            })
    void hearsNoTimeWhereNoneIsTold(String headers) {
        server.thenStatus(429, headers + "\r\n");
        BackendException.Unreachable e =
                catchThrowableOfType(BackendException.Unreachable.class, () -> client.get(FILE, 100));
        assertThat(e.retryAfter()).isEmpty();
    }

    @Test
    void neverFollowsARedirectNorShowsCredentialsToAnotherHost() throws Exception {
        try (TornHttpServer other = new TornHttpServer()) {
            RestOptions options =
                    RestOptions.parse(server.url().replace("http://", "http://user:secret@"), Optional.empty());
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                server.thenStatus(status, "Location: " + other.url() + "\r\n");
                try (RestBackend known = new RestBackend(options, System::nanoTime)) {
                    assertThatThrownBy(() -> known.get(FILE, 100))
                            .isInstanceOf(BackendException.Refused.class)
                            .hasMessageContaining("redirect");
                }
            }
            assertThat(other.connections()).isZero();
            assertThat(server.heads())
                    .hasSize(5)
                    .allMatch(head -> head.contains("Authorization: Basic dXNlcjpzZWNyZXQ="));
        }
    }

    @Test
    void makesTheStoreUnderItsPrefix() throws Exception {
        answer(200);
        client.create();
        assertThat(server.heads().get(0))
                .startsWith("POST /repo/?create=true HTTP/1.1\r\n")
                .contains("Content-Length: 0\r\n");
    }

    private void answer(int status) {
        server.thenStatus(status, "");
    }

    private static String error(Call call) {
        try {
            call.run();
            return "none";
        } catch (BackendException e) {
            return e.getClass().getSimpleName();
        }
    }

    @FunctionalInterface
    private interface Call {
        void run() throws BackendException;
    }
}
