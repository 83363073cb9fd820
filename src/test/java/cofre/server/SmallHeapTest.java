package cofre.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in a process with 64 MiB of heap moves files several times larger, several at once. */
class SmallHeapTest {
    private static final int MEBIBYTES = 200;

    @TempDir
    Path scratch;

    @Test
    void movesLargeFilesInASmallHeap() throws Exception {
        Path large = scratch.resolve("large");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (var out = Files.newOutputStream(large)) {
            Random random = new Random(1);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(block);
                digest.update(block);
                out.write(block);
            }
        }
        byte[] hash = digest.digest();
        try (ServerProcess server = ServerProcess.start(scratch.resolve("repos"), "-Xmx64m")) {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            URI blob = server.address().resolve("/r/data/" + HexFormat.of().formatHex(hash));
            HttpResponse<Void> put = http.send(
                    HttpRequest.newBuilder(blob)
                            .POST(BodyPublishers.ofFile(large))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(put.statusCode()).isEqualTo(200);
            HttpResponse<InputStream> get =
                    http.send(HttpRequest.newBuilder(blob).build(), BodyHandlers.ofInputStream());
            assertThat(hashOf(get.body())).isEqualTo(hash);
        }
    }

    private static byte[] hashOf(InputStream stream) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = stream) {
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
        } catch (IOException e) {
            throw new AssertionError("the answer was cut", e);
        }
        return digest.digest();
    }
}
