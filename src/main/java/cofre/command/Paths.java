package cofre.command;

import cofre.control.CommandException;
import cofre.control.Exit;
import cofre.path.RawPath;

/** Paths as people type them: {@code \xNN} for bytes that are no text. */
final class Paths {
    private Paths() {}

    static RawPath parse(String typed) throws CommandException {
        try {
            return RawPath.ofDisplay(typed);
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.USAGE, e.getMessage());
        }
    }
}
