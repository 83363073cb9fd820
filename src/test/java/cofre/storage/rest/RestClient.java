package cofre.storage.rest;

import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.StoreBytes;
import cofre.testkit.TornHttpServer;
import java.time.Duration;
import java.util.Optional;

/** Clients and answers for tests against a torn server. */
final class RestClient {
    /** Generous where a test does not wait for it: a loaded machine must not fail. */
    static final RestTimeouts PATIENT = new RestTimeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(20));

    private RestClient() {}

    static RestBackend of(TornHttpServer server) {
        return of(server, PATIENT);
    }

    static RestBackend of(TornHttpServer server, RestTimeouts timeouts) {
        RestOptions options = RestOptions.parse(server.url() + "repo", Optional.empty());
        return new RestBackend(options.withTimeouts(timeouts).withConnections(2), System::nanoTime);
    }

    static FileHandle data(byte[] bytes) {
        return StoreBytes.handle(FileType.DATA, bytes);
    }

    /** A sound 200 with this body. */
    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** A sound 200 to HEAD. */
    static String length(long length) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
