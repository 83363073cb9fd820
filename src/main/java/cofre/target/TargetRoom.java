package cofre.target;

import cofre.posix.Posix;

/**
 * What all directories and files of one target share.
 *
 * @param posix the system
 * @param spots what is held open
 * @param partials names of partials
 * @param metadata sets metadata
 * @param writable whether anything may be changed: if not, leftovers stay
 */
record TargetRoom(Posix posix, OpenSpots spots, PartialNames partials, MetadataSetter metadata, boolean writable) {}
