package cofre.storage;

/**
 * One row of a listing.
 *
 * @param name the file's name, see {@link FileHandle#name()}
 * @param size its length in bytes as the store claims it
 */
public record FileInfo(String name, long size) {}
