package cofre.format;

import java.util.List;

/**
 * One index file: which blobs lie where in which packs.
 *
 * @param packs each with all of its blobs
 */
public record IndexFile(List<Pack> packs) {
    public IndexFile {
        packs = List.copyOf(packs);
    }

    /**
     * A pack's content.
     *
     * @param id the pack
     * @param blobs in any order; at least one
     */
    public record Pack(PackId id, List<PackedBlob> blobs) {
        public Pack {
            blobs = List.copyOf(blobs);
        }
    }
}
