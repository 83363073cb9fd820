package cofre.config;

import java.nio.file.Path;
import java.util.List;

/** Where a repository's password comes from. */
public sealed interface PasswordSource {
    /** What a file holds, without white space around it. */
    record File(Path path) implements PasswordSource {}

    /**
     * What a program prints.
     *
     * @param argv absolute path of the program and its arguments; never a shell line
     */
    record Command(List<String> argv) implements PasswordSource {
        public Command {
            argv = List.copyOf(argv);
        }
    }
}
