package cofre.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/** Sends single requests and shows the whole answer. */
final class TestClient {
    static final String V2 = "application/vnd.x.restic.rest.v2";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String authorization;

    TestClient(URI base) {
        this(base, null);
    }

    private TestClient(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** The same server, as a user. */
    TestClient as(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new TestClient(base, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    record Answer(int status, HttpResponse<byte[]> response) {
        byte[] body() {
            return response.body();
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer send(String method, String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return transmit(
                method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body), headers);
    }

    /** Sends the body in chunks, its length unsaid. */
    Answer postChunked(String path, byte[] body) throws IOException, InterruptedException {
        return transmit("POST", path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    private Answer transmit(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.getScheme() + "://" + base.getRawAuthority() + path))
                .method(method, body)
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    Answer head(String path) throws IOException, InterruptedException {
        return send("HEAD", path, null);
    }

    Answer post(String path, byte[] body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, null);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String id(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
