package cofre.zfs;

import cofre.process.OutputReader;
import cofre.process.Program;
import cofre.process.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The real zfs(8), by its absolute path. Thread-safe. */
public final class ZfsCommand implements ZfsRunner {
    /** FreeBSD, Debian, and the FreeBSD port of OpenZFS. */
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/sbin/zfs"), Path.of("/usr/sbin/zfs"), Path.of("/usr/local/sbin/zfs"));

    private final Program program;

    /**
     * The program at {@code zfs}.
     *
     * @throws IllegalArgumentException when the path is not absolute
     */
    public ZfsCommand(Path zfs) {
        this.program = new Program(zfs);
    }

    /** Where zfs(8) is on this machine; empty when it is at none of the usual places. */
    public static Optional<Path> find() {
        return USUAL_PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    public ProgramResult run(List<String> arguments, Duration deadline) {
        return program.run(arguments, deadline);
    }

    @Override
    public ProgramResult stream(List<String> arguments, Duration deadline, OutputReader reader) throws IOException {
        return program.stream(arguments, deadline, reader);
    }
}
