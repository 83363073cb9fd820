package cofre.testkit.zfs;

import cofre.format.NodeType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An object's attributes as a send stream has them: the "system attributes" beside the dnode, and what does not fit. */
final class Bonus {
    private static final int MAGIC = 0x2f505a;

    /** What fits beside a dnode of 512 bytes. */
    private static final int ROOM = 320;

    /** Layout, header and lengths of the variable attributes come first, in multiples of 8. */
    private static final int HEADER = 8;

    private static final int FIXED = 144;
    private static final int ACES = 24;
    private static final long FILE_FLAGS = 0x8408_0000_0004L;
    private static final long DIRECTORY_FLAGS = 0x8408_0000_0144L;
    private static final long IS_ATTRIBUTE = 1;

    private final ModelObject object;
    private final ByteOrder order;
    private final byte[] packed;

    Bonus(ModelObject object, ByteOrder order) {
        this.object = object;
        this.order = order;
        this.packed = pack(object.xattrs);
    }

    /** A multiple of 8 bytes. */
    byte[] bytes() {
        boolean alongside = packed.length > 0 && !isSpilled();
        int header = alongside ? 2 * HEADER : HEADER;
        int tail = (object.target.length + 7) / 8 * 8 + (alongside ? packed.length : 0);
        ByteBuffer to = ByteBuffer.allocate(header + FIXED + ACES + tail).order(order);
        to.putInt(MAGIC).putShort(layout(header, alongside ? 3 : 2)).putShort((short) ACES);
        if (alongside) {
            to.putShort((short) packed.length);
        }
        to.position(header);
        fixed(to);
        to.position(header + FIXED + ACES);
        to.put(object.target);
        if (alongside) {
            to.position(to.capacity() - packed.length);
            to.put(packed);
        }
        return to.array();
    }

    private void fixed(ByteBuffer to) {
        to.putLong(typeBits(object.type) | object.mode).putLong(object.size).putLong(object.generation);
        to.putLong(object.uid).putLong(object.gid).putLong(object.parent);
        to.putLong((object.isDir() ? DIRECTORY_FLAGS : FILE_FLAGS) | (object.isAttribute ? IS_ATTRIBUTE : 0));
        for (Instant time : new Instant[] {object.atime, object.mtime, object.ctime, object.crtime}) {
            to.putLong(time.getEpochSecond()).putLong(time.getNano());
        }
        to.putLong(object.links).putLong(object.device).putLong(3);
    }

    boolean isSpilled() {
        return HEADER + HEADER + FIXED + ACES + object.target.length + packed.length > ROOM;
    }

    /** The spill block: extended attributes that do not fit. */
    Optional<byte[]> spill() {
        if (packed.length == 0 || !isSpilled()) {
            return Optional.empty();
        }
        int size = (HEADER + packed.length + 511) / 512 * 512;
        ByteBuffer to = ByteBuffer.allocate(size).order(order);
        to.putInt(MAGIC)
                .putShort(layout(HEADER, 4))
                .putShort((short) packed.length)
                .put(packed);
        return Optional.of(to.array());
    }

    private static short layout(int header, int number) {
        return (short) ((header / 8) << 10 | number);
    }

    private static byte[] pack(Map<String, byte[]> xattrs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        xattrs.forEach((name, value) -> {
            out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            out.write(0);
            out.writeBytes(value);
            while (out.size() % 8 != 0) {
                out.write(0);
            }
        });
        return out.toByteArray();
    }

    /** {@code st_mode}'s bits for a type. */
    static int typeBits(NodeType type) {
        return switch (type) {
            case FIFO -> 0010000;
            case CHAR_DEVICE -> 0020000;
            case DIR -> 0040000;
            case BLOCK_DEVICE -> 0060000;
            case FILE -> 0100000;
            case SYMLINK -> 0120000;
            case SOCKET -> 0140000;
            case IRREGULAR -> 0;
        };
    }
}
