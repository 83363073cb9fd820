package cofre.contract;

import cofre.storage.Backend;
import cofre.storage.rest.RestBackend;
import cofre.storage.rest.RestOptions;
import cofre.testkit.RealRestServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The client against the program everybody uses as a server. */
@Tag("interop")
final class RestToRealServerTest extends BackendUploadContract {
    @TempDir
    private static Path directory;

    private static RealRestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RealRestServer.start(directory, "--no-auth");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected Backend open() {
        // Without the trailing slash, and with the prefix people write.
        RestOptions options = RestOptions.parse("rest:" + server.url() + "shares/one", Optional.empty());
        return new RestBackend(options, System::nanoTime);
    }

    /** It looks, and then renames over whatever came meanwhile. */
    @Override
    protected boolean tellsOneWinner() {
        return false;
    }

    @Override
    protected int manyFiles() {
        return 100;
    }
}
