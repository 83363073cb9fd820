package cofre.acl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** FreeBSD's {@code struct acl}: maxcnt u32, cnt u32, spare i32[4], then entries of tag u32, id u32, perm u32, type u16, flags u16. */
final class Nfs4Struct {
    /** Bytes of the whole structure. */
    static final int SIZE = 24 + Nfs4Acl.MAX_ENTRIES * 16;

    private static final int HEADER = 24;
    private static final int ENTRY = 16;
    private static final int NO_ID = -1;

    private Nfs4Struct() {}

    static byte[] write(Nfs4Acl acl) {
        ByteBuffer b = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        b.putInt(0, Nfs4Acl.MAX_ENTRIES); // the kernel refuses any other
        b.putInt(4, acl.entries().size());
        int at = HEADER;
        for (Nfs4Entry entry : acl.entries()) {
            b.putInt(at, tag(entry.who().kind()));
            b.putInt(at + 4, entry.who().kind().isNamed() ? (int) entry.who().id() : NO_ID);
            b.putInt(at + 8, entry.permissions());
            b.putShort(at + 12, (short) entry.type().number());
            b.putShort(at + 14, (short) entry.flags());
            at += ENTRY;
        }
        return b.array();
    }

    static Nfs4Acl read(byte[] image) throws AclFormatException {
        ByteBuffer b = ByteBuffer.wrap(image).order(ByteOrder.nativeOrder());
        int count = image.length < HEADER ? -1 : b.getInt(4);
        if (count < 1 || count > Nfs4Acl.MAX_ENTRIES || image.length < HEADER + count * ENTRY) {
            throw new AclFormatException("cannot read access control list: " + count + " entries in " + image.length
                    + " bytes vs 1 to " + Nfs4Acl.MAX_ENTRIES + " entries of " + ENTRY + " bytes after " + HEADER);
        }
        List<Nfs4Entry> entries = new ArrayList<>(count);
        for (int at = HEADER; at < HEADER + count * ENTRY; at += ENTRY) {
            entries.add(entry(b, at));
        }
        return new Nfs4Acl(entries);
    }

    private static Nfs4Entry entry(ByteBuffer b, int at) throws AclFormatException {
        try {
            Who.Kind kind = kind(b.getInt(at));
            long id = Integer.toUnsignedLong(b.getInt(at + 4));
            if (!kind.isNamed() && id != Who.NOBODY) {
                throw new AclFormatException(
                        "cannot read access control list: " + kind + " with number " + id + " vs none");
            }
            return new Nfs4Entry(
                    new Who(kind, kind.isNamed() ? id : 0),
                    type(Short.toUnsignedInt(b.getShort(at + 12))),
                    b.getInt(at + 8),
                    Short.toUnsignedInt(b.getShort(at + 14)));
        } catch (IllegalArgumentException e) {
            throw new AclFormatException("cannot read access control list: " + e.getMessage());
        }
    }

    private static int tag(Who.Kind kind) {
        return switch (kind) {
            case OWNER -> 0x1;
            case USER -> 0x2;
            case OWNING_GROUP -> 0x4;
            case GROUP -> 0x8;
            case EVERYONE -> 0x40;
        };
    }

    private static Who.Kind kind(int tag) throws AclFormatException {
        return switch (tag) {
            case 0x1 -> Who.Kind.OWNER;
            case 0x2 -> Who.Kind.USER;
            case 0x4 -> Who.Kind.OWNING_GROUP;
            case 0x8 -> Who.Kind.GROUP;
            case 0x40 -> Who.Kind.EVERYONE;
            default ->
                throw new AclFormatException("cannot read access control list: tag 0x" + Integer.toHexString(tag)
                        + " vs those of an NFSv4 list");
        };
    }

    private static Nfs4Entry.Type type(int number) throws AclFormatException {
        for (Nfs4Entry.Type type : Nfs4Entry.Type.values()) {
            if (number == type.number()) {
                return type;
            }
        }
        throw new AclFormatException("cannot read access control list: entry of type 0x" + Integer.toHexString(number)
                + " vs allow or deny");
    }
}
