package cofre.browse;

import cofre.acl.Caller;
import cofre.acl.Want;
import cofre.path.RawName;
import java.util.List;
import java.util.Optional;

/**
 * A read-only tree: shares, below them versions named by their short ids, below those what the share held then. What a spot
 * shows never changes; shares and versions come and go. Thread-safe. All but {@link OpenVersionFile#read} answer from memory or
 * local disk within a bounded time, or fail with {@link BrowseException.Unavailable}.
 */
public interface VersionTree {
    /** The top directory. */
    Spot top();

    /** An entry of a directory; empty when there is none of that name. Names are compared as bytes. */
    Optional<Spot> find(Spot directory, RawName name) throws BrowseException;

    /** All entries of a directory in a fixed order, without itself and its parent. */
    List<Listed> list(Spot directory) throws BrowseException;

    /** What is known of an entry. */
    Attributes attributes(Spot spot) throws BrowseException;

    /** Where a symbolic link leads, raw bytes. */
    byte[] linkTarget(Spot link) throws BrowseException;

    /** Names of the extended attributes, as the running system spells them. */
    List<byte[]> extendedAttributes(Spot spot) throws BrowseException;

    /** The value of one of them; empty when it does not have it. */
    Optional<byte[]> extendedAttribute(Spot spot, byte[] name) throws BrowseException;

    /** A file's content, to be closed. */
    OpenVersionFile open(Spot file) throws BrowseException;

    /**
     * Whether the rights of the version (and, where configured, those of the live share) let the caller do this, to the spot
     * and on the whole way to it. Rights that cannot be told let in only owner and root.
     */
    boolean permits(Caller caller, Spot spot, Want want) throws BrowseException;

    /** What all that is shown holds together, for statfs; approximate. */
    Totals totals();

    /**
     * One entry of a listing.
     *
     * @param name its name
     * @param spot the entry
     */
    record Listed(RawName name, Spot spot) {}

    /**
     * Sums for statfs.
     *
     * @param bytes of content
     * @param entries files and directories
     */
    record Totals(long bytes, long entries) {}
}
