package cofre.acl;

/** What somebody wants to do. Versions are never written, so these are all there is. */
public enum Want {
    /** Read a file's content, or list a directory. */
    READ,
    /** Pass through a directory to something below it; run a file. */
    SEARCH,
    /** Look at size, times, owner. */
    ATTRIBUTES,
    /** Read extended attributes. */
    NAMED_ATTRIBUTES,
    /** Read the rights themselves. */
    ACL
}
