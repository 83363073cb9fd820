package cofre.browse;

import java.util.Optional;

/**
 * One entry of a {@link VersionTree}. Small: a kernel may remember a hundred thousand of them. Equal when it is the same entry of
 * the same tree.
 */
public interface Spot {
    /** The directory it is in; empty for the top. */
    Optional<Spot> parent();

    /** What it is. */
    EntryKind kind();

    /**
     * Its inode number: the same at every start of the daemon, different for different entries of one tree but for names of
     * one hard-linked file; never 0 or 1 but for the top, which is 1.
     */
    long inode();
}
