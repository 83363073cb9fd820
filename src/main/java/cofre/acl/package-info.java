/**
 * Who may do what: rights as values, and the answer.
 *
 * <p>Words: <em>rights</em> are owner, group, mode and access control list of one file or directory. An <em>NFSv4 ACL</em> is an
 * ordered list of entries that allow or deny; a <em>POSIX ACL</em> extends the three classes of the mode. A <em>caller</em> is
 * who asks; what he wants is a {@link cofre.acl.Want}. To <em>fail closed</em> is to let only owner and root in when the
 * rights cannot be told.
 *
 * <p>Lives here: the values, their codecs, and pure evaluation as FreeBSD's and Linux's kernels do it.
 *
 * <p>May use: the JDK.
 *
 * <p>Must not: do I/O, look up a name of a user or group.
 */
package cofre.acl;
