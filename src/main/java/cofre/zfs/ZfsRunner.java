package cofre.zfs;

import cofre.process.OutputReader;
import cofre.process.ProgramResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Calls zfs(8). The one way this room reaches ZFS, so that a model of ZFS can stand in. */
public interface ZfsRunner {
    /** Runs {@code zfs} with these arguments and gives back all that can be known of its end. */
    ProgramResult run(List<String> arguments, Duration deadline);

    /**
     * As {@link #run}, with the output given to {@code reader} while it is made; the result's {@code out} is empty.
     *
     * @throws IOException what the reader threw; the program was killed then
     */
    ProgramResult stream(List<String> arguments, Duration deadline, OutputReader reader) throws IOException;
}
