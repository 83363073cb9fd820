package cofre.previous;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileStat;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import java.util.Optional;
import java.util.OptionalLong;

/** The directory a farm is in: made when missing, with the rights users need to get there. */
final class FarmDirectory {
    private static final int EVERYBODY = 0755;
    private static final int GROUP_ONLY = 0750;
    private static final int SEARCH_BY_OTHERS = 01;
    private static final int SEARCH_BY_GROUP = 010;

    private final Posix posix;
    private final RawPath path;
    private final OptionalLong group;

    FarmDirectory(Posix posix, RawPath path, OptionalLong group) {
        this.posix = posix;
        this.path = path;
        this.group = group;
    }

    /** Opens it, making what is missing of the way. The last step is no link: what it led to would not be ours. */
    Fd open() throws PosixException {
        Fd at = posix.files().open(new byte[] {'/'}, OpenFlags.READ.directory());
        for (int i = 0; i < path.names().size(); i++) {
            boolean last = i == path.names().size() - 1;
            OpenFlags flags = last ? OpenFlags.REAL_DIRECTORY : OpenFlags.READ.directory();
            try (Fd above = at) {
                at = step(above, path.names().get(i), flags);
            }
        }
        return at;
    }

    private Fd step(Fd above, RawName name, OpenFlags flags) throws PosixException {
        try {
            return posix.files().openAt(above, name, flags);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        posix.nodes().mkdirAt(above, name, EVERYBODY);
        Fd made = posix.files().openAt(above, name, flags);
        try {
            posix.nodes().chmod(made, EVERYBODY); // The umask may have taken away what users need.
            return made;
        } catch (PosixException e) {
            made.close();
            throw e;
        }
    }

    /** Gives it the owner's group and mode it should have. */
    void setAccess(Fd dir) throws PosixException {
        FileStat now = posix.directories().stat(dir);
        if (group.isPresent() && now.gid() != group.getAsLong()) {
            posix.nodes().chown(dir, now.uid(), group.getAsLong());
        }
        int mode = group.isPresent() ? GROUP_ONLY : EVERYBODY;
        if (now.mode() != mode) {
            posix.nodes().chmod(dir, mode);
        }
    }

    /** The first directory on the way that users may not search. */
    Optional<String> obstacle() throws PosixException {
        for (int i = 0; i < path.names().size(); i++) {
            RawPath above = new RawPath(path.names().subList(0, i));
            FileStat stat = posix.directories().statFollowing(above.bytes());
            if (!isSearchable(stat)) {
                return Optional.of("cannot show previous versions: directory \"" + above + "\" has mode "
                        + Integer.toOctalString(stat.mode())
                        + " vs one that lets users through to the versions in \"" + path
                        + "\"; nothing was changed; run: chmod o+x on it, or put the versions elsewhere");
            }
        }
        return Optional.empty();
    }

    private boolean isSearchable(FileStat stat) {
        boolean byGroup = group.isPresent() && stat.gid() == group.getAsLong();
        return (stat.mode() & (byGroup ? SEARCH_BY_GROUP : SEARCH_BY_OTHERS)) != 0;
    }
}
