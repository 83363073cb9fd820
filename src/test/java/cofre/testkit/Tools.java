package cofre.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The real programs that judge us: {@code restic-0.14}, {@code restic-0.18}, {@code rest-server}. The system property
 * {@code cofre.tools} names the directory that holds them.
 */
public final class Tools {
    private Tools() {}

    /** The executable of that name; the test fails with a sentence when it is not there. */
    public static Path find(String name) {
        String directory = System.getProperty("cofre.tools", "");
        if (directory.isBlank()) {
            throw new AssertionError("this test needs the real " + name + ": run with -Dcofre.tools=DIRECTORY, where "
                    + "\"sh bin/tools\" fetches the programs and prints the directory");
        }
        Path tool = Path.of(directory, name);
        if (!Files.isExecutable(tool)) {
            throw new AssertionError("this test needs the real " + name + ", but " + tool
                    + " is not an executable file: run \"sh bin/tools\" and use the directory it prints");
        }
        return tool;
    }
}
