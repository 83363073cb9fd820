package cofre.contract;

import cofre.storage.Backend;
import cofre.storage.local.LocalBackend;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

final class LocalBackendContractTest extends BackendUploadContract {
    @TempDir
    private Path directory;

    @Override
    protected Backend open() {
        return new LocalBackend(directory.resolve("store"), Clock.systemUTC());
    }

    @Override
    protected int manyFiles() {
        return 100;
    }
}
