package cofre.zfs;

import cofre.process.ProgramResult;
import java.time.Duration;
import java.util.List;

/** Calls zfs(8). The one way this room reaches ZFS, so that a model of ZFS can stand in. */
@FunctionalInterface
public interface ZfsRunner {
    /** Runs {@code zfs} with these arguments and gives back all that can be known of its end. */
    ProgramResult run(List<String> arguments, Duration deadline);
}
