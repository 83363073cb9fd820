package cofre.contract;

import cofre.storage.Backend;
import cofre.storage.CachingBackend;
import cofre.storage.CountingBackend;
import cofre.storage.RetryPolicy;
import cofre.storage.RetryingBackend;
import cofre.testkit.FakeTime;
import cofre.testkit.MemoryBackend;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** All decorators on top of each other change nothing of what a store promises. */
final class DecoratedBackendContractTest extends BackendUploadContract {
    private final MemoryBackend store = new MemoryBackend();
    private final FakeTime time = new FakeTime();

    @TempDir
    private Path cache;

    @Override
    protected Backend open() {
        Backend retrying = new RetryingBackend(store, RetryPolicy.DEFAULT, time, time, new Random(1));
        return new CountingBackend(new CachingBackend(
                retrying,
                cache,
                100 << 20,
                Clock.systemUTC(),
                file -> file.name().charAt(0) < '8'));
    }
}
