package cofre.testkit.zfs;

import static cofre.testkit.zfs.RecordWriter.BEGIN;
import static cofre.testkit.zfs.RecordWriter.OBJECT;
import static cofre.testkit.zfs.RecordWriter.SPILL;
import static cofre.testkit.zfs.RecordWriter.TO_THE_END;
import static cofre.testkit.zfs.RecordWriter.WRITE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What {@code zfs send -i} says of a snapshot. Like the real one it looks at nothing but births: of the base it knows the
 * txg and the guid, so a bookmark does as well.
 */
public final class SendStream {
    private static final long MAGIC = 0x2f5bacbacL;

    /** A substream, of feature SA_SPILL. */
    private static final long VERSION_INFO = 0x11;

    private static final int TYPE_ZFS = 2;
    private static final int BEGIN_FLAGS = 0xc;
    private static final int PLAIN_FILE = 19;
    private static final int DIRECTORY = 20;
    private static final int SYSTEM_ATTRIBUTES = 44;
    private static final int FLETCHER_4 = 7;
    private static final int FLETCHER_2 = 2;
    private static final int HAS_SPILL = 4;
    private static final int SPILL_UNMODIFIED = 4;

    /** Types of ZFS's own objects: master node, SA master, unlinked set, SA registry, SA layouts. */
    private static final Map<Long, Integer> INTERNAL_TYPES = Map.of(1L, 21, 32L, 45, 33L, 22, 35L, 46, 36L, 47);

    private static final int INTERNAL_BLOCK = 512;

    private final ObjectsAt objects;
    private final Ends ends;
    private final ByteOrder order;
    private final RecordWriter out;

    /**
     * From where to where.
     *
     * @param fromTxg the txg of the base
     * @param fromGuid guid of the base
     * @param toGuid guid of what is sent
     * @param toName its whole name
     * @param creation its time, in seconds
     */
    public record Ends(long fromTxg, long fromGuid, long toGuid, String toName, long creation) {}

    private SendStream(ModelSnapshot snapshot, Ends ends, ByteOrder order) {
        this.objects = snapshot.objects();
        this.ends = ends;
        this.order = order;
        this.out = new RecordWriter(order, ends.toGuid());
    }

    /** The stream's bytes, as a machine of this byte order sends them. */
    public static byte[] of(ModelSnapshot snapshot, Ends ends, ByteOrder order) {
        return new SendStream(snapshot, ends, order).bytes();
    }

    private byte[] bytes() {
        ByteBuffer begin = out.record(BEGIN).putLong(MAGIC).putLong(VERSION_INFO);
        begin.putLong(ends.creation()).putInt(TYPE_ZFS).putInt(BEGIN_FLAGS);
        begin.putLong(ends.toGuid()).putLong(ends.fromGuid());
        begin.put(ends.toName().getBytes(StandardCharsets.US_ASCII));
        out.begin(begin);
        objects.blockBirths().forEach((block, birth) -> {
            if (isNew(birth)) {
                dnodeBlock(block);
            }
        });
        return out.end();
    }

    private boolean isNew(long birth) {
        return birth > ends.fromTxg();
    }

    /** All of a block, whichever of its objects was written. Object 0 is no object. */
    private void dnodeBlock(long block) {
        for (long number = Math.max(1, objects.firstOf(block)); number < objects.firstOf(block + 1); number++) {
            ModelObject object = objects.get(number);
            if (object != null) {
                object(object);
            } else if (ObjectTable.INTERNAL.contains(number)) {
                internal(number);
            } else {
                out.freeObjects(number, 1);
            }
        }
    }

    private void internal(long number) {
        int type = INTERNAL_TYPES.get(number);
        out.add(dnode(number, type, 0, INTERNAL_BLOCK, 0, 0), new byte[0]);
        out.free(number, INTERNAL_BLOCK, TO_THE_END);
        if (isNew(objects.internalBirths().get(number)) && number != ObjectTable.MASTER_NODE) {
            write(number, type, 0, new byte[INTERNAL_BLOCK], FLETCHER_2);
        }
        out.free(number, INTERNAL_BLOCK, 2L * INTERNAL_BLOCK);
    }

    private void object(ModelObject object) {
        Bonus bonus = new Bonus(object, order);
        byte[] attributes = bonus.bytes();
        byte[] spill = bonus.spill().orElse(null);
        int type = object.isDir() ? DIRECTORY : PLAIN_FILE;
        int blockSize = object.content.blockSize();
        int flags = spill == null ? 0 : HAS_SPILL;
        out.add(dnode(object.number, type, SYSTEM_ATTRIBUTES, blockSize, attributes.length, flags), attributes);
        out.free(object.number, object.content.end(), TO_THE_END);
        object.content.blocks().forEach((index, block) -> {
            if (isNew(block.birth())) {
                block(object.number, type, index * blockSize, block, blockSize);
            }
        });
        if (spill != null) {
            int unmodified = isNew(object.spillBirth) ? 0 : SPILL_UNMODIFIED;
            ByteBuffer record = out.record(SPILL).putLong(object.number).putLong(spill.length);
            out.add(record.putLong(ends.toGuid()).put((byte) unmodified), spill);
        }
    }

    private void block(long number, int type, long offset, Block block, int blockSize) {
        if (block.isHole()) {
            out.free(number, offset, blockSize);
        } else {
            write(number, type, offset, block.bytes(), type == DIRECTORY ? FLETCHER_2 : FLETCHER_4);
        }
    }

    private ByteBuffer dnode(long number, int type, int bonusType, int blockSize, int bonusLength, int flags) {
        ByteBuffer record = out.record(OBJECT).putLong(number).putInt(type).putInt(bonusType);
        record.putInt(blockSize).putInt(bonusLength);
        record.put((byte) 0).put((byte) 0).put((byte) 1).put((byte) flags);
        return record.putInt(0).putLong(ends.toGuid());
    }

    private void write(long number, int type, long offset, byte[] bytes, int checksum) {
        ByteBuffer record = out.record(WRITE).putLong(number).putInt(type).putInt(0);
        record.putLong(offset).putLong(bytes.length).putLong(ends.toGuid()).put((byte) checksum);
        out.add(record, bytes);
    }
}
