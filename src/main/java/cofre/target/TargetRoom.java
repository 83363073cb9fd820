package cofre.target;

import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.Posix;
import cofre.posix.PosixException;

/**
 * What all directories and files of one target share.
 *
 * @param posix the system
 * @param spots what is held open
 * @param partials names of partials
 * @param metadata sets metadata
 * @param writable whether anything may be changed: if not, leftovers stay
 */
record TargetRoom(Posix posix, OpenSpots spots, PartialNames partials, MetadataSetter metadata, boolean writable) {
    /** Gives an entry its name, whatever but a directory has it now. */
    void replace(Fd fromDir, RawName from, Fd toDir, RawName to) throws PosixException {
        metadata.flags().freeAt(toDir, to);
        posix.nodes().renameAt(fromDir, from, toDir, to);
    }
}
