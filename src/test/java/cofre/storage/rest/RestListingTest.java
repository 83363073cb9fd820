package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.testkit.CapturedLog;
import cofre.testkit.TornHttpServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row N8 of the fault matrix. */
final class RestListingTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String V2 = "application/vnd.x.restic.rest.v2";

    private final List<FileInfo> rows = new ArrayList<>();
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

    @Test
    void readsVersion2() throws Exception {
        listing(V2, row(A, 5) + "," + row(B, 6));
        client.list(FileType.DATA, rows::add);
        assertThat(rows).containsExactly(new FileInfo(A, 5), new FileInfo(B, 6));
        assertThat(server.heads().get(0))
                .startsWith("GET /repo/data/ HTTP/1.1\r\n")
                .contains("Accept: application/vnd.x.restic.rest.v2\r\n");
    }

    @Test
    void asksForSizesThatVersion1DoesNotTell() throws Exception {
        listing("application/vnd.x.restic.rest.v1", "\"" + A + "\",\"" + B + "\"");
        server.thenAnswer(RestClient.length(5)).thenStatus(404, "");
        client.list(FileType.DATA, rows::add);
        assertThat(rows).as("b was deleted meanwhile").containsExactly(new FileInfo(A, 5));
    }

    @Test
    void aVersion1ListingWhoseSizesCannotBeHadIsAnError() {
        listing("application/json", "\"" + A + "\",\"" + B + "\"");
        server.thenAnswer(RestClient.length(5)).thenStatus(503, "");
        assertThatThrownBy(() -> client.list(FileType.DATA, rows::add))
                .isInstanceOf(BackendException.Unreachable.class);
        assertThat(rows).isEmpty();
    }

    @Test
    void aMissingFolderIsEmpty() throws Exception {
        server.thenStatus(404, "");
        client.list(FileType.DATA, rows::add);
        assertThat(rows).isEmpty();
    }

    @Test
    void leavesOutStrangeNamesAndSaysHowMany() throws Exception {
        listing(V2, row("../../etc", 1) + "," + row(A, 5) + "," + row("A".repeat(64), 1) + "," + row("", 1));
        try (CapturedLog log = new CapturedLog()) {
            client.list(FileType.DATA, rows::add);
            assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN") && line.contains("names=3"));
        }
        assertThat(rows).containsExactly(new FileInfo(A, 5));
    }

    @Test
    void ignoresUnknownFields() throws Exception {
        listing(V2, "{\"mtime\":[1,{\"x\":null}],\"name\":\"" + A + "\",\"size\":5,\"z\":true}");
        client.list(FileType.DATA, rows::add);
        assertThat(rows).containsExactly(new FileInfo(A, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[{",
                "null",
                "{}",
                "7",
                "nonsense",
                "[] []",
                "[]x",
                "[{\"name\":\"@A\",\"size\":5}",
                "[{\"name\":\"@A\",\"size\":5},",
                "[{\"name\":\"@A\",\"size\":5},]",
                "[{\"name\":\"@A\",\"size\":5},{\"name\":\"@A\",\"size\":5}]",
                "[{\"name\":\"@A\",\"size\":5},{\"name\":\"@B\"}]",
                "[{\"name\":\"@A\",\"size\":5},{\"size\":5}]",
                "[{\"name\":\"@A\",\"name\":\"@B\",\"size\":5}]",
                "[{\"name\":\"@A\",\"size\":5,\"size\":6}]",
                "[{\"name\":\"@A\",\"size\":-5}]",
                "[{\"name\":\"@A\",\"size\":\"5\"}]",
                "[{\"name\":\"@A\",\"size\":5.5}]",
                "[{\"name\":\"@A\",\"size\":99999999999999999999}]",
                "[{\"name\":7,\"size\":5}]",
                "[{\"name\":\"@A\",\"size\":5,\"x\":[[[[[[[[[[[[]]]]]]]]]]]]}]",
                "[\"@A\"]",
                "[[]]"
            })
    void refusesAListingThatIsNotSoundToItsEnd(String json) {
        raw(V2, json.replace("@A", A).replace("@B", B));
        assertThatThrownBy(() -> client.list(FileType.DATA, rows::add))
                .isInstanceOf(BackendException.TransferDamage.class)
                .hasMessageStartingWith("cannot list data at");
        assertThat(rows).as("never a short list").isEmpty();
    }

    @Test
    void refusesALongName() {
        listing(V2, row("a".repeat(100_000), 1));
        assertThatThrownBy(() -> client.list(FileType.DATA, rows::add)).isInstanceOf(BackendException.Corrupt.class);
    }

    @Test
    void refusesVersion2RowsUnderTheNameOfVersion1() {
        listing("application/json", row(A, 5));
        assertThatThrownBy(() -> client.list(FileType.DATA, rows::add)).isInstanceOf(BackendException.Corrupt.class);
    }

    @Test
    void saysUnreachableWhenTheListingIsCut() {
        String json = "[" + row(A, 5) + "]";
        for (int sent = 0; sent < json.length(); sent++) {
            String part = json.substring(0, sent);
            server.then(with -> {
                with.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: " + V2 + "\r\nContent-Length: " + json.length() + "\r\n\r\n");
                with.send(part);
                return false;
            });
            assertThatThrownBy(() -> client.list(FileType.DATA, rows::add))
                    .isInstanceOf(BackendException.Unreachable.class);
        }
        assertThat(rows).isEmpty();
    }

    private void listing(String type, String rowsOfJson) {
        raw(type, "[" + rowsOfJson + "]");
    }

    private void raw(String type, String json) {
        server.thenAnswer("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + json.length()
                + "\r\n\r\n" + json);
    }

    private static String row(String name, long size) {
        return "{\"name\":\"" + name + "\",\"size\":" + size + "}";
    }
}
