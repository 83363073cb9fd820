package cofre.previous;

import cofre.process.Program;
import cofre.process.ProgramResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The real testparm(1), by its absolute path. Thread-safe. */
public final class TestparmCommand implements Testparm {
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/local/bin/testparm"), Path.of("/usr/bin/testparm"));

    private final Path testparm;
    private final Optional<Path> smbConf;
    private final Duration deadline;

    /**
     * The program at {@code testparm}.
     *
     * @param smbConf the file to read; when empty the one Samba was built for
     * @param deadline for one call
     */
    public TestparmCommand(Path testparm, Optional<Path> smbConf, Duration deadline) {
        this.testparm = testparm;
        this.smbConf = smbConf;
        this.deadline = deadline;
    }

    /** Where testparm(1) is on this machine; empty when it is at none of the usual places. */
    public static Optional<Path> find() {
        return USUAL_PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    public SmbConf read() throws PreviousException {
        List<String> arguments =
                smbConf.map(file -> List.of("-s", file.toString())).orElse(List.of("-s"));
        ProgramResult result = new Program(testparm).run(arguments, deadline);
        if (!result.isSuccess() || !result.endedCleanly()) {
            throw new PreviousException(
                    "cannot read Samba's configuration: " + testparm + " gave " + result.story()
                            + " vs success; nothing was checked; run: " + testparm + " -s",
                    null);
        }
        return SmbConf.parse(new String(result.out().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
}
