package cofre.posix;

import java.io.IOException;
import java.util.Optional;

/** What is mounted where an open file is. Thread-safe. */
public final class Mounts {
    private final Calls calls;

    Mounts(Calls calls) {
        this.calls = calls;
    }

    /**
     * The source of the mount an open file was reached through, as the system names it, one char per byte: for ZFS
     * {@code dataset} or {@code dataset@snapshot}. Empty when the system does not tell, for example for a mount of
     * another namespace.
     */
    public Optional<String> sourceOf(Fd file) throws IOException {
        int number = file.hold();
        try {
            return calls.platform.mountSource(number, calls);
        } finally {
            file.drop();
        }
    }
}
