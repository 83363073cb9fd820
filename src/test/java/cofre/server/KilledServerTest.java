package cofre.server;

import static cofre.server.TestClient.bytes;
import static cofre.server.TestClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K6 as it happens: the server's process is killed at random moments while clients upload. */
@Tag("slow")
class KilledServerTest {
    private static final int KILLS = 15;

    @TempDir
    Path scratch;

    @Test
    void whatWasAcknowledgedIsThereAndWholeAfterEveryKill() throws Exception {
        Path folder = scratch.resolve("repos");
        Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
        Random random = new Random(11);
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(folder)) {
                TestClient client = new TestClient(server.address());
                verify(client, acknowledged);
                Thread[] uploaders = {
                    uploader(client, kill * 2, acknowledged), uploader(client, kill * 2 + 1, acknowledged)
                };
                LockSupport.parkNanos(random.nextInt(400_000_000));
                server.kill();
                for (Thread uploader : uploaders) {
                    uploader.join();
                }
            }
            everyVisibleFileIsWhole(folder);
        }
        assertThat(acknowledged).isNotEmpty();
    }

    private static Thread uploader(TestClient client, int seed, Map<String, byte[]> acknowledged) {
        Thread thread = new Thread(() -> {
            Random random = new Random(seed);
            while (true) {
                byte[] content = new byte[random.nextInt(300_000)];
                random.nextBytes(content);
                String path = "/r/data/" + id(content);
                try {
                    assertThat(client.post(path, content).status()).isEqualTo(200);
                } catch (IOException e) {
                    return; // the server was killed
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                acknowledged.put(path, content);
            }
        });
        thread.start();
        return thread;
    }

    private static void verify(TestClient client, Map<String, byte[]> acknowledged) throws Exception {
        for (Map.Entry<String, byte[]> file : acknowledged.entrySet()) {
            assertThat(client.get(file.getKey()).body()).isEqualTo(file.getValue());
        }
        assertThat(client.post("/r/data/" + id(bytes("wrong")), bytes("right")).status())
                .isEqualTo(400);
    }

    private static void everyVisibleFileIsWhole(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (Item.Blob.isId(name)) {
                    assertThat(id(Files.readAllBytes(file))).isEqualTo(name);
                } else {
                    assertThat(StoreLayout.isTemporary(file)).as(name).isTrue();
                }
            }
        }
    }
}
