package cofre.browse;

/** Which rights a restore point is known to have kept of every file: how {@link VersionTree#permits} reads them. */
public enum KeptRights {
    /** Owner, group, mode and POSIX ACLs: a file without an ACL had none. */
    POSIX,
    /** The same with NFSv4 ACLs: a file without one had a trivial one, which its mode tells. */
    NFS4,
    /** Nobody says: a file may have had an ACL that was not kept, so only its owner and root are let in. */
    UNKNOWN
}
