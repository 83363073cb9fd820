package cofre.contract;

import cofre.server.AccessRules;
import cofre.server.ListenAddress;
import cofre.server.RestServer;
import cofre.server.ServerOptions;
import cofre.storage.Backend;
import cofre.storage.rest.RestBackend;
import cofre.storage.rest.RestOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The client against our own server. */
final class RestToOurServerTest extends BackendUploadContract {
    @TempDir
    private static Path directory;

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        ServerOptions options =
                ServerOptions.of(ListenAddress.parse("127.0.0.1:0"), directory.resolve("served"), AccessRules.open());
        server = new RestServer(options, Clock.systemUTC(), System::nanoTime, new SecureRandom());
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected Backend open() {
        RestOptions options = RestOptions.parse("rest:" + url() + "shares/one", Optional.empty());
        return new RestBackend(options, System::nanoTime);
    }

    @Override
    protected int manyFiles() {
        return 100;
    }

    private static String url() {
        String address = server.address().toString();
        return address.endsWith("/") ? address : address + "/";
    }
}
