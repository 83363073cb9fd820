package cofre.storage.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.storage.RetryPolicy;
import cofre.storage.RetryingBackend;
import cofre.testkit.CapturedLog;
import cofre.testkit.FakeTime;
import cofre.testkit.StoreBytes;
import cofre.testkit.TornHttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A canary as password is looked for in all that people or logs may see. */
final class RestSecretsTest {
    private static final String CANARY = "k4naryP4ss";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("sector:" + CANARY).getBytes(StandardCharsets.UTF_8));

    private final List<String> seen = new ArrayList<>();

    @Test
    void showsThePasswordToTheServerOnly() throws Exception {
        try (CapturedLog log = new CapturedLog();
                TornHttpServer server = new TornHttpServer()) {
            for (int status : new int[] {200, 301, 400, 401, 403, 404, 413, 416, 429, 500, 503, 507}) {
                for (int i = 0; i < 8; i++) {
                    server.thenStatus(status, "Location: http://elsewhere.example/\r\n");
                }
            }
            String url = server.url().replace("http://", "rest:http://sector:" + CANARY + "@");
            useAll(RestOptions.parse(url, Optional.empty()));
            assertThat(server.heads()).hasSizeGreaterThan(20).allMatch(head -> head.contains(BASIC));
            assertThat(server.left()).as("all answers were used").isZero();
            seen.addAll(log.lines());
        }
        assertThat(seen).hasSizeGreaterThan(50).noneMatch(RestSecretsTest::leaks);
    }

    @Test
    void showsThePasswordToNobodyWhenNobodyListens() throws Exception {
        String url;
        try (TornHttpServer gone = new TornHttpServer()) {
            url = gone.url().replace("http://", "http://sector:" + CANARY + "@");
        }
        try (CapturedLog log = new CapturedLog()) {
            useAll(RestOptions.parse(url, Optional.empty()));
            useAll(RestOptions.parse(url.replace("http://", "https://"), Optional.empty()));
            seen.addAll(log.lines());
        }
        assertThat(seen).hasSizeGreaterThan(10).noneMatch(RestSecretsTest::leaks);
    }

    private void useAll(RestOptions options) {
        FakeTime time = new FakeTime();
        RetryPolicy policy = RetryPolicy.DEFAULT.withGiveUp(Duration.ofSeconds(10));
        byte[] bytes = StoreBytes.random(40, 1);
        FileHandle file = RestClient.data(bytes);
        seen.add(options.toString());
        try (RestBackend client = new RestBackend(options, System::nanoTime);
                RetryingBackend retrying = new RetryingBackend(client, policy, time, time, new Random(1))) {
            seen.add(client.location() + " " + retrying.location());
            for (int i = 0; i < 15; i++) {
                collect(() -> retrying.put(file, Payload.of(bytes)));
                collect(() -> retrying.get(file, 100));
                collect(() -> retrying.size(file));
                collect(() -> retrying.read(file, 0, new byte[1], 0, 1));
                collect(() -> retrying.list(FileType.DATA, info -> {}));
                collect(() -> retrying.delete(file));
                collect(retrying::create);
            }
        }
    }

    private void collect(Call call) {
        try {
            call.run();
        } catch (BackendException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            seen.add(text.toString());
        }
    }

    private static boolean leaks(String text) {
        return text.contains(CANARY) || text.contains(BASIC);
    }

    @FunctionalInterface
    private interface Call {
        void run() throws BackendException;
    }
}
