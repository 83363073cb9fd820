package cofre.server;

import static cofre.server.TestClient.bytes;
import static cofre.server.TestClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST protocol, row by row: what restic may expect of a server. Ours and the real one give the same answers. */
abstract class RestProtocolContract {
    private static final byte[] HELLO = bytes("hello world");
    private static final String HELLO_ID = id(HELLO);
    private static final String MISSING_ID = "0".repeat(64);
    private static final String[] TYPES = {"data", "index", "keys", "locks", "snapshots"};

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private RunningServer server;
    private TestClient client;

    abstract RunningServer serve(ServerSetup setup, Path folder, Path scratch) throws Exception;

    @BeforeEach
    void startOpenServer() throws Exception {
        start(ServerSetup.open());
        assertThat(client.post("/r/?create=true", null).status()).isEqualTo(200);
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    private void start(ServerSetup setup) throws Exception {
        if (server != null) {
            server.close();
        }
        server = serve(setup, folder, scratch);
        client = new TestClient(server.address());
    }

    @Test
    void createMakesAllFolders() throws Exception {
        for (String type : TYPES) {
            assertThat(client.get("/r/" + type + "/").status()).isEqualTo(200);
            assertThat(folder.resolve("r").resolve(type)).isDirectory();
        }
        assertThat(folder.resolve("r/data/00")).isDirectory();
        assertThat(folder.resolve("r/data/ff")).isDirectory();
    }

    @Test
    void createOfAnExistingRepositoryIsFine() throws Exception {
        assertThat(client.post("/r/config", HELLO).status()).isEqualTo(200);
        assertThat(client.post("/r/?create=true", null).status()).isEqualTo(200);
        assertThat(client.get("/r/config").body()).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @CsvSource({
        "/, true, 200", // the root itself may be a repository
        "/a/b/, true, 200",
        "/a/b/c/, true, 404", // three deep
        "/a, true, 404", // no trailing slash
        "/a/, 1, 400",
        "/a/, yes, 400",
        "/a/, '', 400",
        "/a%20b/, true, 200",
        "/caf%C3%A9/, true, 200",
    })
    void createAnswers(String path, String value, int status) throws Exception {
        assertThat(client.post(path + "?create=" + value, null).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void repositoryTakesOnlyPost(String method) throws Exception {
        assertThat(client.send(method, "/r/", null).status()).isEqualTo(405);
        assertThat(client.post("/r/", null).status()).isEqualTo(400);
    }

    @Test
    void configIsWrittenOnceAndRead() throws Exception {
        assertThat(client.head("/r/config").status()).isEqualTo(404);
        assertThat(client.get("/r/config").status()).isEqualTo(404);
        assertThat(client.post("/r/config", HELLO).status()).isEqualTo(200);
        assertThat(client.post("/r/config", HELLO).status()).isEqualTo(403);
        assertThat(client.post("/r/config", bytes("other")).status()).isEqualTo(403);
        assertThat(client.head("/r/config").status()).isEqualTo(200);
        assertThat(client.head("/r/config").header("Content-Length")).isEqualTo("11");
        assertThat(client.get("/r/config").body()).isEqualTo(HELLO);
        assertThat(client.send("PUT", "/r/config", HELLO).status()).isEqualTo(405);
        assertThat(client.get("/r/config/").status()).isEqualTo(404);
    }

    @Test
    void configIsDeletedAlsoWhenItIsNotThere() throws Exception {
        client.post("/r/config", HELLO);
        assertThat(client.delete("/r/config").status()).isEqualTo(200);
        assertThat(client.delete("/r/config").status()).isEqualTo(200);
        assertThat(client.head("/r/config").status()).isEqualTo(404);
    }

    @Test
    void appendOnlyDeletesNothingButLocks() throws Exception {
        start(ServerSetup.open().withAppendOnly());
        assertThat(client.post("/r/config", HELLO).status()).isEqualTo(200);
        assertThat(client.delete("/r/config").status()).isEqualTo(403);
        for (String type : TYPES) {
            String path = "/r/" + type + "/" + HELLO_ID;
            int expected = type.equals("locks") ? 200 : 403;
            assertThat(client.delete(path).status()).as(type).isEqualTo(expected);
            assertThat(client.post(path, HELLO).status()).isEqualTo(200);
            assertThat(client.post(path, HELLO).status()).isEqualTo(403);
            assertThat(client.delete(path).status()).as(type).isEqualTo(expected);
            assertThat(client.head(path).status()).as(type).isEqualTo(type.equals("locks") ? 404 : 200);
        }
    }

    @Test
    void listsInBothVersions() throws Exception {
        for (String type : TYPES) {
            assertThat(client.get("/r/" + type + "/").text()).isEqualTo("[]");
            assertThat(client.get("/r/" + type + "/", "Accept", TestClient.V2).text())
                    .isEqualTo("[]");
            client.post("/r/" + type + "/" + HELLO_ID, HELLO);
            TestClient.Answer first = client.get("/r/" + type + "/");
            assertThat(first.text()).isEqualTo("[\"" + HELLO_ID + "\"]");
            assertThat(first.header("Content-Type")).isEqualTo("application/vnd.x.restic.rest.v1");
            TestClient.Answer second = client.get("/r/" + type + "/", "Accept", TestClient.V2);
            assertThat(second.text()).isEqualTo("[{\"name\":\"" + HELLO_ID + "\",\"size\":11}]");
            assertThat(second.header("Content-Type")).isEqualTo(TestClient.V2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope/data/, 404",
        "GET, /r/data, 404", // the slash is part of the name
        "GET, /r/other/, 405", // may be a repository two deep
        "GET, /data/, 404", // the root is no repository yet
        "HEAD, /r/data/, 405",
        "POST, /r/data/, 405",
        "DELETE, /r/data/, 405",
    })
    void listingAnswers(String method, String path, int status) throws Exception {
        assertThat(client.send(method, path, null).status()).isEqualTo(status);
    }

    @Test
    void uploadIsStoredUnderItsHashOnly() throws Exception {
        for (String type : TYPES) {
            String path = "/r/" + type + "/" + HELLO_ID;
            assertThat(client.post(path, bytes("hello World")).status()).isEqualTo(400);
            assertThat(client.head(path).status()).isEqualTo(404);
            assertThat(client.get("/r/" + type + "/").text()).isEqualTo("[]");
            assertThat(client.post(path, HELLO).status()).isEqualTo(200);
            assertThat(client.post(path, HELLO).status()).isEqualTo(403);
            assertThat(client.post(path, bytes("wrong")).status()).isEqualTo(403);
            assertThat(client.get(path).body()).isEqualTo(HELLO);
            assertThat(client.head(path).header("Content-Length")).isEqualTo("11");
        }
        assertThat(folder.resolve("r/data").resolve(HELLO_ID.substring(0, 2)).resolve(HELLO_ID))
                .hasBinaryContent(HELLO);
        assertThat(folder.resolve("r/keys").resolve(HELLO_ID)).hasBinaryContent(HELLO);
    }

    @Test
    void emptyFilesAreFilesToo() throws Exception {
        String path = "/r/data/" + id(new byte[0]);
        assertThat(client.post(path, new byte[0]).status()).isEqualTo(200);
        assertThat(client.get(path).body()).isEmpty();
        assertThat(client.head(path).header("Content-Length")).isEqualTo("0");
    }

    @Test
    void uploadInChunksIsStored() throws Exception {
        assertThat(client.postChunked("/r/data/" + HELLO_ID, HELLO).status()).isEqualTo(200);
        assertThat(client.get("/r/data/" + HELLO_ID).body()).isEqualTo(HELLO);
    }

    @Test
    void largeFilesComeBackWhole() throws Exception {
        byte[] large = new byte[5_000_003];
        new java.util.Random(7).nextBytes(large);
        assertThat(client.post("/r/data/" + id(large), large).status()).isEqualTo(200);
        assertThat(client.get("/r/data/" + id(large)).body()).isEqualTo(large);
        TestClient.Answer part = client.get("/r/data/" + id(large), "Range", "bytes=1000000-4999999");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(large, 1_000_000, 5_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-4, 206, hello",
        "bytes=6-, 206, world",
        "bytes=-5, 206, world",
        "bytes=6-100, 206, world", // the end is cut to the file's
        "bytes=10-10, 206, d",
        "bytes=11-, 416, ''", // first byte after the end
        "bytes=20-30, 416, ''",
        "bytes=5-2, 416, ''",
        "bytes=abc, 416, ''",
        "bytes=99999999999999999999-, 416, ''",
        "items=0-1, 416, ''",
    })
    void rangesOfAFile(String range, int status, String content) throws Exception {
        client.post("/r/data/" + HELLO_ID, HELLO);
        TestClient.Answer answer = client.get("/r/data/" + HELLO_ID, "Range", range);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 206) {
            assertThat(answer.text()).isEqualTo(content);
            assertThat(answer.header("Content-Range")).endsWith("/11");
        }
    }

    @Test
    void deleteIsFineAlsoWhenThereIsNothing() throws Exception {
        client.post("/r/data/" + HELLO_ID, HELLO);
        assertThat(client.delete("/r/data/" + HELLO_ID).status()).isEqualTo(200);
        assertThat(client.delete("/r/data/" + HELLO_ID).status()).isEqualTo(200);
        assertThat(client.delete("/nope/data/" + HELLO_ID).status()).isEqualTo(200);
        assertThat(client.get("/r/data/" + HELLO_ID).status()).isEqualTo(404);
        assertThat(client.post("/r/data/" + HELLO_ID, HELLO).status()).isEqualTo(200);
    }

    @Test
    void onlyExactIdsAreKnown() throws Exception {
        client.post("/r/data/" + HELLO_ID, HELLO);
        for (String wrong : new String[] {
            HELLO_ID.toUpperCase(java.util.Locale.ROOT), // one spelling only
            HELLO_ID.substring(1),
            HELLO_ID + "0",
            HELLO_ID + "/",
            MISSING_ID,
        }) {
            assertThat(client.get("/r/data/" + wrong).status()).as(wrong).isEqualTo(404);
            assertThat(client.head("/r/data/" + wrong).status()).as(wrong).isEqualTo(404);
        }
        assertThat(client.get("/r/other/" + HELLO_ID).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "OPTIONS"})
    void filesTakeNoOtherMethod(String method) throws Exception {
        client.post("/r/data/" + HELLO_ID, HELLO);
        assertThat(client.send(method, "/r/data/" + HELLO_ID, HELLO).status()).isEqualTo(405);
        assertThat(client.send("GET", "/r/data/" + HELLO_ID, null, "X-HTTP-Method-Override", "DELETE")
                        .status())
                .isEqualTo(200);
        assertThat(client.head("/r/data/" + HELLO_ID).status()).isEqualTo(200);
    }

    @Test
    void withoutCredentialsNothingIsTold() throws Exception {
        start(ServerSetup.open().withUser("ana", "secret"));
        for (TestClient stranger : new TestClient[] {
            client, client.as("ana", "wrong"), client.as("eva", "secret"), client.as("ana", ""), client.as("", "secret")
        }) {
            for (String path : new String[] {"/r/data/" + HELLO_ID, "/nonsense", "/nope/data/"}) {
                TestClient.Answer answer = stranger.get(path);
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).isEmpty();
            }
            assertThat(stranger.post("/r/config", HELLO).status()).isEqualTo(401);
        }
        assertThat(client.as("ana", "secret").get("/r/data/").status()).isEqualTo(200);
    }

    @Test
    void privateRepositoriesAreForTheirUser() throws Exception {
        start(ServerSetup.open().withPrivateRepos().withUser("ana", "1").withUser("eva", "2"));
        TestClient ana = client.as("ana", "1");
        TestClient eva = client.as("eva", "2");
        assertThat(ana.post("/ana/?create=true", null).status()).isEqualTo(200);
        assertThat(ana.post("/ana/sub/?create=true", null).status()).isEqualTo(200);
        assertThat(ana.post("/ana/data/" + HELLO_ID, HELLO).status()).isEqualTo(200);
        for (String path :
                new String[] {"/ana/data/", "/ana/data/" + HELLO_ID, "/ana/sub/keys/", "/data/", "/config"}) {
            assertThat(eva.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(eva.post("/?create=true", null).status()).isEqualTo(401);
        assertThat(eva.post("/ana/?create=true", null).status()).isEqualTo(401);
        assertThat(eva.post("/r/?create=true", null).status()).isEqualTo(401);
        assertThat(eva.delete("/ana/data/" + HELLO_ID).status()).isEqualTo(401);
        assertThat(ana.get("/ana/data/" + HELLO_ID).body()).isEqualTo(HELLO);
    }

    @Test
    void quotaOfTheServerAnswers507() throws Exception {
        client.post("/r/data/" + HELLO_ID, HELLO);
        long used = Usage.measure(folder).total();
        start(ServerSetup.open().withMaxSize(used + 1000));
        byte[] small = new byte[600];
        byte[] other = bytes("x".repeat(600));
        assertThat(client.post("/r/data/" + id(small), small).status()).isEqualTo(200);
        assertThat(client.post("/r/data/" + id(other), other).status()).isEqualTo(507);
        assertThat(client.head("/r/data/" + id(other)).status()).isEqualTo(404);
        assertThat(client.delete("/r/data/" + id(small)).status()).isEqualTo(200);
        assertThat(client.post("/r/data/" + id(other), other).status()).isEqualTo(200);
    }

    @Test
    void metricsCountWhatHappened() throws Exception {
        start(ServerSetup.open().withPrometheus(false).withUser("ana", "1"));
        TestClient ana = client.as("ana", "1");
        ana.post("/r/data/" + HELLO_ID, HELLO);
        ana.get("/r/data/" + HELLO_ID, "Range", "bytes=0-4");
        ana.get("/r/data/" + HELLO_ID);
        ana.delete("/r/data/" + HELLO_ID);
        assertThat(client.get("/metrics").status()).isEqualTo(401);
        assertThat(ana.get("/metrics").text())
                .contains("rest_server_blob_write_total{repo=\"r\",type=\"data\",user=\"ana\"} 1\n")
                .contains("rest_server_blob_write_bytes_total{repo=\"r\",type=\"data\",user=\"ana\"} 11\n")
                .contains("rest_server_blob_read_total{repo=\"r\",type=\"data\",user=\"ana\"} 2\n")
                .contains("rest_server_blob_read_bytes_total{repo=\"r\",type=\"data\",user=\"ana\"} 16\n")
                .contains("rest_server_blob_delete_total{repo=\"r\",type=\"data\",user=\"ana\"} 1\n")
                .contains("rest_server_blob_delete_bytes_total{repo=\"r\",type=\"data\",user=\"ana\"} 11\n");
    }

    @Test
    void metricsWithPrivateRepositoriesAreForTheUserMetrics() throws Exception {
        start(ServerSetup.open()
                .withPrivateRepos()
                .withPrometheus(false)
                .withUser("ana", "1")
                .withUser("metrics", "2"));
        assertThat(client.get("/metrics").status()).isEqualTo(401);
        assertThat(client.as("ana", "1").get("/metrics").status()).isEqualTo(401);
        assertThat(client.as("metrics", "2").get("/metrics").status()).isEqualTo(200);
    }

    @Test
    void metricsCanBeOpenToAll() throws Exception {
        assertThat(client.get("/metrics").status()).isEqualTo(404);
        start(ServerSetup.open().withPrometheus(true).withUser("ana", "1"));
        assertThat(client.get("/metrics").status()).isEqualTo(200);
        assertThat(client.get("/r/data/").status()).isEqualTo(401);
    }
}
