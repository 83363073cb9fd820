package cofre.acl;

/** What besides the mode says who may do what. */
public sealed interface Control {
    /** Nothing: the mode says all. */
    Control MODE_ONLY = new ModeOnly();

    /** There should be something, and nobody can tell what: only owner and root are let in. */
    Control UNKNOWN = new Unknown();

    /** See {@link Control#MODE_ONLY}. */
    record ModeOnly() implements Control {}

    /** See {@link Control#UNKNOWN}. */
    record Unknown() implements Control {}

    /** A POSIX ACL, with Linux's meaning. */
    record Posix(PosixAcl acl) implements Control {}

    /** An NFSv4 ACL, with the meaning it has to ZFS on FreeBSD. */
    record Nfs4(Nfs4Acl acl) implements Control {}
}
