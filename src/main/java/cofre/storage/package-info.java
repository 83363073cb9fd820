/**
 * The store's port.
 *
 * <p>Lives here: {@link cofre.storage.Backend}, a place that keeps immutable files, its one family of errors
 * ({@link cofre.storage.BackendException}) and the decorators that each add one concern (retry, cache, counting).
 * A <em>file</em> is a {@link cofre.storage.FileHandle}: a type and a name; what is inside is none of this room's business.
 *
 * <p>May use: the JDK, SLF4J.
 *
 * <p>Must not: know restic's format, keys, or what a repository is.
 */
package cofre.storage;
