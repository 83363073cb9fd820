package cofre.restore;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.util.List;
import java.util.Map;

/**
 * A real directory of a target. Every name is one component in it and is never followed. Any number of them may be in use;
 * the adapter bounds what it holds open. When somebody puts something else in the place of the directory, its methods
 * throw {@link TargetException.Entry} and change nothing there. Thread-safe.
 */
public interface TargetDir {
    /** Where below the target's root. */
    RawPath path();

    /** Whether it was made by this restore. */
    boolean isNew();

    /** All entries as they are now. Partials of earlier runs of this restore are removed and not among them. */
    Map<RawName, TargetEntry> list() throws TargetException;

    /** An entry as it is now. */
    TargetEntry look(RawName name) throws TargetException;

    /** Opens a directory that is there. */
    TargetDir open(RawName name) throws TargetException;

    /** Makes a directory, for nobody but us until it gets its metadata. */
    TargetDir make(RawName name) throws TargetException;

    /** Removes what is in the way: anything but a directory, or an empty one. */
    void remove(RawName name, TargetEntry listed) throws TargetException;

    /** Begins a file that will replace whatever but a directory has the name then. */
    TargetFile create(RawName name) throws TargetException;

    /**
     * Makes a link, device or fifo with its metadata, replacing whatever but a directory has the name, as one step.
     *
     * @return what could not be set
     */
    List<Lack> place(RawName name, Node.Body body, Metadata metadata) throws TargetException;

    /** Gives an existing file of {@code from} the name {@code name} here, replacing whatever but a directory has it. */
    void link(TargetDir from, RawName existing, RawName name) throws TargetException;

    /**
     * Sets the metadata of a regular file that is there and has no other name; one that has is left alone.
     *
     * @return what could not be set
     */
    List<Lack> adjust(RawName name, Metadata metadata) throws TargetException;

    /** Sets the metadata of this directory; gives what could not be set. */
    List<Lack> adjust(Metadata metadata) throws TargetException;

    /** Opens a regular file that is there for reading. */
    TargetReader read(RawName name) throws TargetException;

    /** This directory's own metadata as it is now. */
    TargetEntry entry() throws TargetException;

    /** Whether this directory has the attribute with that value. */
    boolean has(Xattr attribute) throws TargetException;

    /** Says that it will not be used soon: what is held open for it may be closed. It can still be used. */
    void release();
}
