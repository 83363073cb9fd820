package cofre.repository.index;

import cofre.format.PackId;
import cofre.format.PackedBlob;

/**
 * One place a blob can be had from.
 *
 * @param pack the pack
 * @param blob where in it
 */
public record Location(PackId pack, PackedBlob blob) {}
