package cofre.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line can do without asking the daemon. Given by the composition root. */
public interface Launchers {
    /** Runs the daemon until it is told to stop; returns the exit status. */
    int daemon(Path config);

    /** Runs the REST server until it is told to stop; returns the exit status. */
    int restServer(RestServerFlags flags);

    /** Everything wrong with a configuration and the files it names, a sentence each; empty when it can be used. */
    List<String> configFaults(Path config);

    /** The control socket a configuration names; empty when it cannot be read. */
    Optional<Path> socketOf(Path config);

    /** What a person types, unseen, after this prompt; empty where there is no terminal to type at. The caller wipes it. */
    Optional<char[]> typedUnseen(String prompt);

    /** What this process is given on standard input, {@code most} bytes of it at most. */
    byte[] standardInput(int most) throws IOException;

    /** What there is to say about this build, in order: version, Java, which native code is in use. */
    Map<String, String> versionFacts();
}
