/**
 * ZFS as a source of frozen views.
 *
 * <p>Words: a <em>dataset</em> is a ZFS file system, known by its guid; its name is a label that may change. An
 * <em>own snapshot</em> is one that this program took: its name begins with {@code cofre-}, and it carries two user
 * properties set on itself (not inherited, not received): {@code cofre:run}, the run it was taken for, and
 * {@code cofre:point}, the moment its name spells. Only such a snapshot is ever destroyed. A <em>hold</em> with the tag
 * {@code cofre:run} keeps one from being destroyed by anybody. A <em>bookmark</em> remembers when a snapshot was taken after the snapshot is gone; changes can be counted from it.
 *
 * <p>Lives here: everything that calls zfs(8) and reads its answers.
 *
 * <p>May use: source, path, process, stream.
 *
 * <p>Must not: make a system call or read a file; believe an answer that did not end cleanly; use {@code zfs list -j},
 * which OpenZFS 2.1 and 2.2 (FreeBSD 13 and 14) do not have.
 */
package cofre.zfs;
