package cofre.source;

import cofre.format.RightsModel;
import cofre.format.Xattr;
import cofre.path.RawName;
import java.util.List;
import java.util.Optional;

/**
 * An open directory of a frozen view. Names are looked up relative to it and links are never followed, so a tree being
 * read can lead nowhere else. May be used by several threads at once; closed once by its owner, after all use.
 */
public interface SourceDir extends AutoCloseable {
    /** What the file system says of this directory itself. */
    SourceStat stat() throws SourceException;

    /** All names in it but itself and its parent, in no order. Fails rather than giving a part of them. */
    List<SourceEntry> list() throws SourceException;

    /** As {@link #list}, without looking at what the names name. */
    List<NamedEntry> names() throws SourceException;

    /**
     * What the file system says of one name in it.
     *
     * @throws SourceException.FileUnreadable when it cannot be looked at, or is not there
     */
    SourceStat look(RawName name) throws SourceException;

    /**
     * Opens a directory in it.
     *
     * @throws SourceException.FileUnreadable when it cannot be opened or is no directory
     */
    SourceDir enter(RawName name) throws SourceException;

    /**
     * Opens a regular file in it for reading, never blocking on anything else that goes by that name.
     *
     * @throws SourceException.FileUnreadable when it cannot be opened or is no regular file
     */
    SourceFile open(RawName name) throws SourceException;

    /** Where a symbolic link points to, raw bytes. */
    byte[] readLink(RawName name) throws SourceException;

    /** Extended attributes of an entry that is no symbolic link's target, ordered by name. */
    List<Xattr> xattrs(RawName name) throws SourceException;

    /** Extended attributes of this directory itself, ordered by name. */
    List<Xattr> xattrs() throws SourceException;

    /**
     * The NFSv4 ACL of an entry that is no symbolic link, as {@link cofre.format.GenericAttributes} keeps it; empty where the mode says all.
     *
     * @param stat what the file system says of it
     */
    default Optional<String> nfs4Acl(RawName name, SourceStat stat) throws SourceException {
        return Optional.empty();
    }

    /**
     * The NFSv4 ACL of this directory itself, as {@link cofre.format.GenericAttributes} keeps it; empty where the mode says all.
     *
     * @param stat what the file system says of it
     */
    default Optional<String> nfs4Acl(SourceStat stat) throws SourceException {
        return Optional.empty();
    }

    /** Whose rights can be read of every entry below, when asked of a view's root. */
    default RightsModel rights() {
        return RightsModel.NONE;
    }

    @Override
    void close();
}
