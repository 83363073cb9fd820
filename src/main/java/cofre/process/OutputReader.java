package cofre.process;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a program writes while it runs. */
@FunctionalInterface
public interface OutputReader {
    /** Reads to the end, or throws, which ends the program. Whoever calls closes the stream. */
    void read(InputStream out) throws IOException;
}
