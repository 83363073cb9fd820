/**
 * What this host remembers across restarts.
 *
 * <p>Words: the <em>pack log</em> names the packs a run has begun to send, so that one that was interrupted finds them
 * again. A share's <em>memory</em> is its last restore point and the frozen view that was made from.
 *
 * What is <em>known</em> of a repository is compared with the <em>sight</em> of it, what it looks like now, and it is
 * <em>recognised</em> or not.
 *
 * <p>Lives here: small files, each written whole to a new name, synced and renamed, so that a crash leaves the old or the
 * new. All of it can be lost without losing a restore point: it is rebuilt from the repository and the holds.
 *
 * <p>May use: format, Jackson.
 *
 * <p>Must not: be needed for reading a repository.
 */
package cofre.state;
