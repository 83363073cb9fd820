package cofre.format;

/**
 * One place a blob can be had from.
 *
 * @param pack the pack
 * @param blob which blob, and where in the pack
 */
public record BlobPlace(PackId pack, PackedBlob blob) {}
