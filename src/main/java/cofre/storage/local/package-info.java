/**
 * A store in a directory, in restic's local layout.
 *
 * <p>Lives here: {@link cofre.storage.local.LocalBackend}. To <em>publish</em> is to give a finished, synced file its final
 * name; a <em>temporary</em> is a file that has not been published, swept when it is old.
 *
 * <p>May use: the JDK, SLF4J, {@code storage}.
 *
 * <p>Must not: replace a published file, or know what is inside one.
 */
package cofre.storage.local;
