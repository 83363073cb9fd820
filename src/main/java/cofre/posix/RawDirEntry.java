package cofre.posix;

import cofre.path.RawName;

/**
 * One name of a directory as the listing tells it.
 *
 * @param kind {@link FileKind#UNKNOWN} where the file system does not say
 * @param inode for a mount point that of the covered directory, not of what is mounted
 */
public record RawDirEntry(RawName name, FileKind kind, long inode) {}
