package cofre.command;

import cofre.config.PreviousVersions;
import cofre.posix.Posix;
import cofre.previous.Farm;
import cofre.previous.PreviousException;
import java.util.OptionalLong;

/** The farms of shares, as the configuration has them. Thread-safe. */
public final class Farms {
    private final Posix posix;

    /** Farms made by these calls. */
    public Farms(Posix posix) {
        this.posix = posix;
    }

    /** A share's farm. */
    Farm of(PreviousVersions settings) throws PreviousException {
        return new Farm(posix, settings.farmDir(), group(settings), settings.farmMax());
    }

    /** The group that may see versions; empty for everybody. */
    OptionalLong group(PreviousVersions settings) throws PreviousException {
        if (settings.farmGroup().isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong group = posix.accounts().groupId(settings.farmGroup().get());
        if (group.isEmpty()) {
            throw new PreviousException(
                    "cannot show previous versions in " + settings.farmDir() + ": no group "
                            + settings.farmGroup().get()
                            + " on this host vs one; nothing was changed; make the group or change farm_group",
                    null);
        }
        return group;
    }
}
