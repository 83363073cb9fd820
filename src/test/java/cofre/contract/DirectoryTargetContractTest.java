package cofre.contract;

import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.restore.RestoreTarget;
import cofre.target.DirectoryTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTargetContractTest extends RestoreTargetContract {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    @TempDir
    Path temp;

    private final AtomicLong runs = new AtomicLong();

    @Override
    protected RestoreTarget open() {
        Path path = temp.resolve("not/there/yet");
        return new DirectoryTarget(
                POSIX, RawPath.of(path.toString().getBytes(StandardCharsets.UTF_8)), runs::incrementAndGet);
    }
}
