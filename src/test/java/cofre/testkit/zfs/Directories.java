package cofre.testkit.zfs;

import cofre.path.RawName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** How directories look from inside: what is written of them, and in which order a search meets their entries. */
final class Directories {
    private Directories() {}

    /** A block that differs when the entries do. Nobody reads directories out of a stream. */
    static byte[] block(Map<RawName, Long> entries, int size) {
        byte[] block = new byte[size];
        int at = 0;
        for (Map.Entry<RawName, Long> entry : entries.entrySet()) {
            long seen = 31L * hash(0, entry.getKey()) + entry.getValue();
            for (int i = 0; i < 8; i++) {
                block[(at + i) % size] ^= (byte) (seen >>> (8 * i));
            }
            at += 8;
        }
        block[0] |= 1;
        return block;
    }

    /**
     * The entries in the order ZFS's search by value meets them: that of a hash of the name, salted by directory. Of a file
     * with several names in a directory the first is found.
     */
    static List<Map.Entry<RawName, Long>> inSearchOrder(ModelObject dir) {
        long salt = dir.crtime.hashCode() * 31L + dir.number;
        return dir.entries.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> hash(salt, entry.getKey())))
                .toList();
    }

    private static long hash(long salt, RawName name) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < 8; i++) {
            crc.update((int) (salt >>> (8 * i)));
        }
        crc.update(name.bytes());
        return crc.getValue();
    }
}
