package cofre.server;

import static cofre.server.TestClient.bytes;
import static cofre.server.TestClient.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only our server promises. */
class RestServerTest {
    private static final byte[] HELLO = bytes("hello world");
    private static final String ID = id(HELLO);

    @TempDir
    Path scratch;

    private ServerOptions options() {
        return ServerOptions.of(OwnServer.ANY_PORT, scratch.resolve("repos"), AccessRules.open());
    }

    private static void create(TestClient client, String... repos) throws Exception {
        for (String repo : repos) {
            assertThat(client.post("/" + repo + "/?create=true", null).status()).isEqualTo(200);
        }
    }

    @Test
    void eachRepositoryHasItsQuota() throws Exception {
        StoreRules rules = StoreRules.standard().withQuota(OptionalLong.empty(), OptionalLong.of(1000));
        byte[] small = new byte[600];
        byte[] other = bytes("x".repeat(600));
        try (OwnServer server = OwnServer.start(options().with(rules))) {
            TestClient client = new TestClient(server.address());
            create(client, "a", "b");
            assertThat(client.post("/a/data/" + id(small), small).status()).isEqualTo(200);
            assertThat(client.post("/a/data/" + id(other), other).status()).isEqualTo(507);
            assertThat(client.postChunked("/a/data/" + id(other), other).status())
                    .isEqualTo(507);
            assertThat(client.post("/b/data/" + id(other), other).status()).isEqualTo(200);
        }
        // What was there before the start counts too.
        try (OwnServer server = OwnServer.start(options().with(rules))) {
            TestClient client = new TestClient(server.address());
            assertThat(client.post("/a/data/" + id(other), other).status()).isEqualTo(507);
            assertThat(client.delete("/a/data/" + id(small)).status()).isEqualTo(200);
            assertThat(client.post("/a/data/" + id(other), other).status()).isEqualTo(200);
        }
    }

    @Test
    void theQuotaHoldsWithoutAnAnnouncedLengthAndForFailedUploads() throws Exception {
        try (OwnServer server = OwnServer.start(options())) {
            create(new TestClient(server.address()), "r");
        }
        long used = Usage.measure(scratch.resolve("repos")).total();
        StoreRules rules = StoreRules.standard().withQuota(OptionalLong.of(used + 100_000), OptionalLong.empty());
        byte[] large = new byte[300_000];
        byte[] fits = new byte[90_000];
        try (OwnServer server = OwnServer.start(options().with(rules))) {
            TestClient client = new TestClient(server.address());
            assertThat(client.postChunked("/r/data/" + id(large), large).status())
                    .isEqualTo(507);
            for (int i = 0; i < 3; i++) {
                assertThat(client.post("/r/data/" + ID, fits).status()).isEqualTo(400);
            }
            assertThat(client.post("/r/data/" + id(fits), fits).status()).isEqualTo(200);
            assertThat(client.post("/r/config", large).status()).isEqualTo(507);
        }
        try (Stream<Path> files = Files.walk(scratch.resolve("repos"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void ofManyUploadsOfOneFileExactlyOneWins() throws Exception {
        try (OwnServer server = OwnServer.start(options())) {
            TestClient client = new TestClient(server.address());
            create(client, "r");
            byte[] content = new byte[1 << 20];
            ExecutorService clients = Executors.newFixedThreadPool(8);
            Callable<Integer> upload =
                    () -> client.post("/r/data/" + id(content), content).status();
            int stored = 0;
            for (Future<Integer> status : clients.invokeAll(java.util.Collections.nCopies(16, upload))) {
                assertThat(status.get()).isIn(200, 403);
                stored += status.get() == 200 ? 1 : 0;
            }
            clients.shutdown();
            assertThat(stored).isEqualTo(1);
            assertThat(client.get("/r/data/" + id(content)).body()).isEqualTo(content);
        }
    }

    @Test
    void uploadsAreNotVerifiedWhenToldSo() throws Exception {
        StoreRules rules = new StoreRules(false, false, false, false, OptionalLong.empty(), OptionalLong.empty());
        try (OwnServer server = OwnServer.start(options().with(rules))) {
            TestClient client = new TestClient(server.address());
            assertThat(client.post("/r/data/" + ID, bytes("anything")).status()).isEqualTo(200);
        }
    }

    @Test
    void filesAreForTheServersUserOrItsGroup() throws Exception {
        for (boolean group : new boolean[] {false, true}) {
            StoreRules rules = new StoreRules(false, false, true, group, OptionalLong.empty(), OptionalLong.empty());
            String repo = group ? "shared" : "own";
            try (OwnServer server = OwnServer.start(options().with(rules))) {
                TestClient client = new TestClient(server.address());
                create(client, repo);
                client.post("/" + repo + "/keys/" + ID, HELLO);
            }
            Path keys = scratch.resolve("repos").resolve(repo).resolve("keys");
            // The umask of the test may take the group's write bit away; others never get anything.
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .startsWith("rwx")
                    .matches(group ? "rwxr[w-]x---" : "rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(ID))))
                    .matches(group ? "rw-r[w-]----" : "rw-------");
        }
    }

    @Test
    void reloadTakesNewUsersAtOnceAndReopensTheLog() throws Exception {
        Path users = TestUsers.write(scratch.resolve("htpasswd"), Map.of("ana", "1"));
        Path log = scratch.resolve("access.log");
        ServerOptions options = ServerOptions.of(
                        OwnServer.ANY_PORT, scratch.resolve("repos"), AccessRules.htpasswd(users))
                .with(new Monitoring(false, false, Optional.of(log)));
        try (OwnServer server = OwnServer.start(options)) {
            TestClient client = new TestClient(server.address());
            assertThat(client.as("eva", "2").get("/r/data/").status()).isEqualTo(401);
            Await.until("a line is logged", Duration.ofSeconds(5), () -> Files.size(log) > 0);
            TestUsers.write(users, Map.of("eva", "2"));
            Files.move(log, scratch.resolve("access.log.1"));
            server.server().reload();
            assertThat(client.as("eva", "2").get("/r/data/").status()).isEqualTo(404);
            assertThat(client.as("ana", "1").get("/r/data/").status()).isEqualTo(401);
            Await.until(
                    "two lines are logged",
                    Duration.ofSeconds(5),
                    () -> Files.readAllLines(log).size() == 2);
            assertThat(Files.readAllLines(log).get(0))
                    .matches(
                            "127\\.0\\.0\\.1 - eva \\[[^]]+\\] \"GET /r/data/ HTTP/1\\.1\" 404 10 \"\" \"Java-http-client.*\"");
            Files.delete(users);
            assertThatThrownBy(() -> server.server().reload()).isInstanceOf(ServerException.BadPasswordFile.class);
            assertThat(client.as("eva", "2").get("/r/data/").status()).isEqualTo(404);
        }
    }

    @Test
    void theLogCannotBeForged() throws Exception {
        assertThat(AccessLog.escaped("a\"b\\c\nd\u001b[31m é")).isEqualTo("a\\x22b\\x5cc\\x0ad\\x1b[31m \\xc3\\xa9");
        assertThat(AccessLog.escaped("x".repeat(5000))).hasSizeLessThan(1100);
    }

    @Test
    void theProxysUserHasPrivateRepositories() throws Exception {
        AccessRules rules =
                AccessRules.proxy(new ProxyHeader("X-Remote-User", Set.of())).withPrivateRepos();
        try (OwnServer server =
                OwnServer.start(ServerOptions.of(OwnServer.ANY_PORT, scratch.resolve("repos"), rules))) {
            TestClient client = new TestClient(server.address());
            assertThat(client.get("/ana/data/").status()).isEqualTo(401);
            assertThat(client.send("POST", "/ana/?create=true", null, "X-Remote-User", "ana")
                            .status())
                    .isEqualTo(200);
            assertThat(client.get("/ana/data/", "X-Remote-User", "ana").status())
                    .isEqualTo(200);
            assertThat(client.get("/ana/data/", "X-Remote-User", "eva").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void tooManyWrongPasswordsAnswer429() throws Exception {
        Path users = TestUsers.write(scratch.resolve("htpasswd"), Map.of("ana", "1"));
        try (OwnServer server = OwnServer.start(
                ServerOptions.of(OwnServer.ANY_PORT, scratch.resolve("repos"), AccessRules.htpasswd(users)))) {
            TestClient guesser = new TestClient(server.address()).as("ana", "wrong");
            for (int i = 0; i < FailureLimiter.BURST; i++) {
                assertThat(guesser.get("/r/data/").status()).isEqualTo(401);
            }
            TestClient.Answer answer = guesser.get("/r/data/");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void inAppendOnlyModeLocksOfOthersMayBeKeptSafe() throws Exception {
        Path users = TestUsers.write(scratch.resolve("htpasswd"), Map.of("ana", "1", "eva", "2"));
        StoreRules rules = new StoreRules(true, true, true, false, OptionalLong.empty(), OptionalLong.empty());
        ServerOptions options = ServerOptions.of(
                        OwnServer.ANY_PORT, scratch.resolve("repos"), AccessRules.htpasswd(users))
                .with(rules);
        try (OwnServer server = OwnServer.start(options)) {
            TestClient ana = new TestClient(server.address()).as("ana", "1");
            create(ana, "r");
            assertThat(ana.post("/r/locks/" + ID, HELLO).status()).isEqualTo(200);
        }
        try (OwnServer server = OwnServer.start(options)) {
            TestClient client = new TestClient(server.address());
            TestClient eva = client.as("eva", "2");
            assertThat(eva.delete("/r/locks/" + ID).status()).isEqualTo(403);
            assertThat(eva.get("/r/locks/").text()).isEqualTo("[\"" + ID + "\"]");
            assertThat(client.as("ana", "1").delete("/r/locks/" + ID).status()).isEqualTo(200);
            assertThat(eva.delete("/r/locks/" + ID).status()).isEqualTo(200);
            try (Stream<Path> left = Files.list(scratch.resolve("repos/r/locks"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void listingsShowOnlyWhatCanBeAskedFor() throws Exception {
        try (OwnServer server = OwnServer.start(options())) {
            TestClient client = new TestClient(server.address());
            create(client, "r");
            client.post("/r/data/" + ID, HELLO);
            Path data = scratch.resolve("repos/r/data");
            Files.writeString(data.resolve("stray"), "x");
            Files.writeString(data.resolve(ID.substring(0, 2)).resolve(ID + ".cofre-temp-0"), "x");
            Files.writeString(data.resolve("00").resolve(ID), "in the wrong folder");
            Files.writeString(data.resolve("ff").resolve("0".repeat(64)), "in the wrong folder");
            Files.delete(data.resolve("7f"));
            assertThat(client.get("/r/data/").text()).isEqualTo("[\"" + ID + "\"]");
        }
    }

    @Test
    void aFileInTheRootIsNoRepositoryAndCannotBeRead() throws Exception {
        Path root = Files.createDirectories(scratch.resolve("repos"));
        Files.writeString(root.resolve(".htpasswd"), "secret");
        try (OwnServer server = OwnServer.start(options())) {
            TestClient client = new TestClient(server.address());
            for (String path : new String[] {"config", "data/", "data/" + ID, "keys/" + ID}) {
                assertThat(client.get("/.htpasswd/" + path).status()).as(path).isEqualTo(404);
            }
            assertThat(client.head("/.htpasswd/config").status()).isEqualTo(404);
            assertThat(client.delete("/.htpasswd/config").status()).isEqualTo(200);
            assertThat(client.post("/.htpasswd/?create=true", null).status()).isEqualTo(500);
            assertThat(client.post("/.htpasswd/data/" + ID, HELLO).status()).isEqualTo(500);
        }
        assertThat(root.resolve(".htpasswd")).hasContent("secret");
    }

    @Test
    void stopsWithinItsTimeThoughAClientIsInTheMiddle() throws Exception {
        OwnServer server = OwnServer.start(options());
        try (RawSocket socket = new RawSocket(server.address())) {
            socket.send("POST /r/keys/" + ID + " HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhel");
            Await.until(
                    "the upload has begun",
                    Duration.ofSeconds(5),
                    () -> Files.isDirectory(scratch.resolve("repos/r/keys")));
            long began = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
        }
        assertThat(scratch.resolve("repos/r/keys").resolve(ID)).doesNotExist();
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        Path file = Files.writeString(scratch.resolve("file"), "x");
        assertThatThrownBy(() -> OwnServer.start(ServerOptions.of(OwnServer.ANY_PORT, file, AccessRules.open())))
                .isInstanceOf(ServerException.StoreUnusable.class)
                .hasMessageContaining(file.toString());
        try (OwnServer server = OwnServer.start(options())) {
            ListenAddress taken =
                    new ListenAddress("127.0.0.1", server.address().getPort());
            assertThatThrownBy(() ->
                            OwnServer.start(ServerOptions.of(taken, scratch.resolve("other"), AccessRules.open())))
                    .isInstanceOf(ServerException.CannotListen.class)
                    .hasMessageContaining(taken.toString());
        }
    }
}
