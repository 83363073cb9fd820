package cofre.process;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a program writes while it runs. */
@FunctionalInterface
public interface OutputReader {
    /** Reads to the end, or throws, which ends the program. The stream is the caller's to close. */
    void read(InputStream out) throws IOException;
}
