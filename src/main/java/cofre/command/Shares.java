package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.control.CommandException;
import cofre.control.Exit;

/** Finds shares by the name a person gave. */
final class Shares {
    private Shares() {}

    static ShareSettings find(CofreConfig config, String name) throws CommandException {
        ShareSettings share = config.shares().get(name);
        if (share == null) {
            String known = config.shares().isEmpty()
                    ? "none"
                    : String.join(", ", config.shares().keySet());
            throw new CommandException(
                    Exit.FAILED,
                    "cannot find share \"" + name + "\": no such share vs " + known
                            + "; nothing was done; choose one of them, or add it to the configuration");
        }
        return share;
    }
}
