package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.control.Exit;
import cofre.server.AccessRules;
import cofre.server.ListenAddress;
import cofre.server.RestServer;
import cofre.server.ServerOptions;
import cofre.server.StoreRules;
import cofre.testkit.Await;
import cofre.testkit.TornHttpServer;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is away, refuses or is full is told in a sentence; nothing that was there is lost. */
@Timeout(120)
class BadServerTest {
    private static final String CANARY = "canary-credential-55ab";
    private static final String SENTENCE = "cannot [^\n]+: [^\n]* vs [^\n]*; [^\n]*";

    @TempDir
    private Path dir;

    private LocalSetup setup;
    private Path served;

    @BeforeEach
    void writeFiles() throws Exception {
        setup = new LocalSetup(dir).writeFiles();
        served = Files.createDirectory(dir.resolve("served"));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private RestServer serve(int port, AccessRules access, StoreRules rules) throws Exception {
        RestServer server = new RestServer(
                ServerOptions.of(new ListenAddress("127.0.0.1", port), served, access)
                        .with(rules),
                Clock.systemUTC(),
                System::nanoTime,
                new SecureRandom());
        server.start();
        return server;
    }

    private RestServer serve(int port) throws Exception {
        return serve(port, AccessRules.open(), StoreRules.standard());
    }

    private DaemonInProcess daemon(String url, String... more) throws Exception {
        return new DaemonInProcess(dir, setup.repositoryTable(url, more), setup.shareTable("s", setup.live()));
    }

    private static void assertSentence(Answer answer) {
        assertThat(answer.exit()).as(answer.err()).isEqualTo(Exit.FAILED);
        assertThat(answer.err())
                .containsPattern(SENTENCE)
                .doesNotContain("Exception", "a fault of cofre itself", CANARY);
    }

    @Test
    void aServerThatIsDownIsToldAtOnceAndUsedWhenItIsUp() throws Exception {
        int port = freePort();
        try (DaemonInProcess daemon = daemon("rest:http://127.0.0.1:" + port + "/r/", "retry_for = \"0 s\"")) {
            assertSentence(daemon.run("init"));
            assertSentence(daemon.run("points"));
            assertSentence(daemon.run("backup", "s"));
            try (RestServer server = serve(port)) {
                assertThat(server).isNotNull();
                assertThat(daemon.run("init").exit()).isZero();
                assertThat(daemon.run("backup", "s").exit()).isZero();
            }
            assertSentence(daemon.run("points"));
            try (RestServer server = serve(port)) {
                assertThat(server).isNotNull();
                assertThat(daemon.run("points").out().lines()).hasSize(2);
                assertThat(daemon.run("check", "--read-data").exit()).isZero();
            }
        }
    }

    @Test
    void aPersonIsAnsweredWhileAJobWaitsForTheServer() throws Exception {
        int port = freePort();
        try (RestServer server = serve(port);
                DaemonInProcess made = daemon("rest:http://127.0.0.1:" + port + "/r/")) {
            assertThat(server).isNotNull();
            assertThat(made.run("init").exit()).isZero();
        }
        try (DaemonInProcess daemon = daemon("rest:http://127.0.0.1:" + port + "/r/", "retry_for = \"1 h\"")) {
            DaemonInProcess.Running backup = daemon.begin("backup", "s");
            Await.until(
                    "the job runs",
                    Duration.ofSeconds(20),
                    () -> daemon.run("status").out().contains("running"));
            assertSentence(daemon.run("points"));
            assertSentence(daemon.run("info"));
            assertThat(backup.answer()).isNotDone();
            try (RestServer server = serve(port)) {
                assertThat(server).isNotNull();
                Answer done = backup.answer().get();
                assertThat(done.exit()).as(done.err()).isZero();
                assertThat(done.err()).contains("trying again for up to 3600 s");
            }
        }
    }

    @Test
    void ctrlCEndsAJobThatWaitsForTheServer() throws Exception {
        int port = freePort();
        try (DaemonInProcess daemon = daemon("rest:http://127.0.0.1:" + port + "/r/", "retry_for = \"1 h\"")) {
            DaemonInProcess.Running backup = daemon.begin("backup", "s");
            Await.until(
                    "the job runs",
                    Duration.ofSeconds(20),
                    () -> daemon.run("status").out().contains("running"));
            backup.pressCtrlC();
            assertThat(backup.answer().get().exit()).isEqualTo(Exit.INTERRUPTED);
            assertThat(daemon.run("status").out()).contains("cancelled");
        }
    }

    @Test
    void wrongCredentialsAreToldAndNewOnesUsedWithoutARestart() throws Exception {
        Path users = users(CANARY);
        Path credentials = DaemonInProcess.secret(dir.resolve("credentials"), "someone:" + CANARY + "-wrong\n");
        try (RestServer server = serve(0, AccessRules.htpasswd(users), StoreRules.standard());
                DaemonInProcess daemon =
                        daemon("rest:" + server.address() + "r/", "credentials_file = \"" + credentials + "\"")) {
            assertSentence(daemon.run("init"));
            DaemonInProcess.secret(credentials, "someone:" + CANARY + "\n");
            assertThat(daemon.run("init").exit()).isZero();
            assertThat(daemon.run("points").exit()).isZero();

            users("another");
            server.reload();
            assertSentence(daemon.run("points"));
            assertSentence(daemon.run("backup", "s"));
            DaemonInProcess.secret(credentials, "someone:another\n");
            Answer answer = daemon.run("backup", "s");
            assertThat(answer.exit()).as(answer.err()).isZero();

            DaemonInProcess.secret(credentials, "nothing useful\n");
            daemon.restart();
            assertSentence(daemon.run("points"));
        }
    }

    private Path users(String password) throws Exception {
        byte[] salt = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
        return Files.writeString(
                dir.resolve("htpasswd"),
                "someone:" + OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, 4) + "\n");
    }

    @Test
    void aFullServerIsToldAndWhatIsThereStays() throws Exception {
        int port = freePort();
        String url = "rest:http://127.0.0.1:" + port + "/r/";
        try (DaemonInProcess daemon = daemon(url)) {
            try (RestServer server = serve(port)) {
                assertThat(server).isNotNull();
                assertThat(daemon.run("init").exit()).isZero();
                assertThat(daemon.run("backup", "s").exit()).isZero();
            }
            byte[] noise = new byte[1 << 20];
            new java.util.Random(1).nextBytes(noise);
            Files.write(setup.live().resolve("noise"), noise);
            StoreRules full = StoreRules.standard().withQuota(OptionalLong.of(100_000), OptionalLong.empty());
            try (RestServer server = serve(port, AccessRules.open(), full)) {
                assertThat(server).isNotNull();
                Answer backup = daemon.run("backup", "s");
                assertSentence(backup);
                assertThat(backup.err()).contains("507");
                assertThat(daemon.run("points").out().lines()).hasSize(2);
            }
            try (RestServer server = serve(port)) {
                assertThat(server).isNotNull();
                assertThat(daemon.run("check", "--read-data").exit()).isZero();
                assertThat(daemon.run("backup", "s").exit()).isZero();
            }
        }
    }

    @Test
    void everyStatusAServerMayGiveEndsInASentence() throws Exception {
        for (int status : new int[] {400, 401, 403, 405, 411, 413, 418, 500, 503, 507, 302, 204}) {
            try (TornHttpServer torn = new TornHttpServer();
                    DaemonInProcess daemon = daemon("rest:" + torn.url() + "r/", "retry_for = \"0 s\"")) {
                for (int i = 0; i < 20; i++) {
                    torn.thenStatus(status, "");
                }
                Answer points = daemon.run("points");
                assertThat(points.exit()).as(status + points.err()).isIn(Exit.FAILED, Exit.NO_REPOSITORY);
                assertThat(points.err()).contains("cannot ").doesNotContain("Exception", "a fault of cofre itself");
            }
        }
    }
}
