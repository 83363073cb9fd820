/**
 * Restore points as Samba's previous versions.
 *
 * <p>Words: a <em>previous version</em> is a moment and the directory that shows the share at it. The <em>farm</em> of a
 * share is a plain directory with one symbolic link for each of them, named {@code rp-20261121T101500Z} (UTC), which
 * Samba's module shadow_copy2 lists. <em>Thinning</em> chooses which are shown when there are too many.
 *
 * <p>Lives here: {@link cofre.previous.Farm}, {@link cofre.previous.Thinning}, and what belongs into smb.conf and whether
 * it is there: {@link cofre.previous.SambaAdvice}.
 *
 * <p>May use: path, posix, process.
 *
 * <p>Must not: write into a share or smb.conf, touch anything in a farm's directory that is not a link of its own naming,
 * or show a point at another time than its own.
 */
package cofre.previous;
