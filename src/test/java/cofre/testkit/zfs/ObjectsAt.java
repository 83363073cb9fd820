package cofre.testkit.zfs;

import java.util.NavigableMap;
import java.util.SortedMap;

/**
 * The objects of a file system at one moment. Nothing in it may be changed.
 *
 * @param settings of the file system
 * @param objects by number, without ZFS's own
 * @param blockBirths by index of dnode block, the txg it was last written in; a block that holds no object any more stays
 * @param internalBirths by number of ZFS's own objects, the txg one was last written in
 * @param freedIn by number not in use any more, the txg it was freed in
 * @param next the number to be used next for the first time
 */
record ObjectsAt(
        ModelSettings settings,
        NavigableMap<Long, ModelObject> objects,
        NavigableMap<Long, Long> blockBirths,
        NavigableMap<Long, Long> internalBirths,
        NavigableMap<Long, Long> freedIn,
        long next) {
    ModelObject get(long number) {
        return objects.get(number);
    }

    /** First number of a dnode block. */
    long firstOf(long block) {
        return block * settings.dnodesPerBlock();
    }

    /** Objects that are not ZFS's own in a dnode block. */
    SortedMap<Long, ModelObject> objectsOf(long block) {
        return objects.subMap(firstOf(block), firstOf(block + 1));
    }
}
