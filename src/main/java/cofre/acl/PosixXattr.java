package cofre.acl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which Linux hands out POSIX ACLs: version 2 u32, then entries of tag u16, permissions u16, id u32, all little
 * endian. What the kernel's posix_acl_valid refuses is refused here.
 */
final class PosixXattr {
    private static final int VERSION = 2;
    private static final int HEADER = 4;
    private static final int ENTRY = 8;
    /** XATTR_SIZE_MAX of Linux. */
    private static final int MAX = 65536;

    private PosixXattr() {}

    static byte[] write(PosixAcl acl) {
        ByteBuffer b =
                ByteBuffer.allocate(HEADER + acl.entries().size() * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(VERSION);
        for (PosixAcl.Entry entry : acl.entries()) {
            b.putShort((short) entry.tag().number());
            b.putShort((short) entry.permissions());
            b.putInt(entry.tag().isNamed() ? (int) entry.id() : -1);
        }
        return b.array();
    }

    static PosixAcl read(byte[] value) throws AclFormatException {
        ByteBuffer b = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length < HEADER || value.length > MAX || (value.length - HEADER) % ENTRY != 0) {
            throw new AclFormatException("cannot read POSIX ACL: " + value.length + " bytes vs " + HEADER + " and "
                    + ENTRY + " for each entry");
        }
        int version = b.getInt();
        if (version != VERSION) {
            throw new AclFormatException("cannot read POSIX ACL: version " + version + " vs " + VERSION);
        }
        List<PosixAcl.Entry> entries = new ArrayList<>();
        while (b.hasRemaining()) {
            entries.add(entry(b.getShort(), Short.toUnsignedInt(b.getShort()), Integer.toUnsignedLong(b.getInt())));
        }
        checkOrder(entries);
        return new PosixAcl(entries);
    }

    private static PosixAcl.Entry entry(short number, int permissions, long id) throws AclFormatException {
        PosixAcl.Tag tag = tag(number);
        if ((permissions & ~07) != 0) {
            throw new AclFormatException(
                    "cannot read POSIX ACL: permissions 0" + Integer.toOctalString(permissions) + " vs 0 to 07");
        }
        if (tag.isNamed() == (id == Who.NOBODY)) {
            throw new AclFormatException("cannot read POSIX ACL: entry " + tag + " with number " + id
                    + (tag.isNamed() ? " vs a user or group" : " vs none"));
        }
        return new PosixAcl.Entry(tag, tag.isNamed() ? id : 0, permissions);
    }

    private static PosixAcl.Tag tag(short number) throws AclFormatException {
        for (PosixAcl.Tag tag : PosixAcl.Tag.values()) {
            if (tag.number() == number) {
                return tag;
            }
        }
        throw new AclFormatException("cannot read POSIX ACL: entry of kind 0x" + Integer.toHexString(number & 0xffff)
                + " vs 1, 2, 4 to 0x20");
    }

    /** The kinds' numbers rise in the order in which they must come. */
    private static void checkOrder(List<PosixAcl.Entry> entries) throws AclFormatException {
        int seen = 0;
        for (PosixAcl.Entry entry : entries) {
            int number = entry.tag().number();
            boolean again = (seen & number) != 0 && !entry.tag().isNamed();
            if (again || seen >= 2 * number) {
                throw new AclFormatException("cannot read POSIX ACL: entry " + entry.tag()
                        + (again ? " twice" : " too late") + " vs each kind at its place");
            }
            seen |= number;
        }
        int classes = PosixAcl.Tag.OWNER.number() | PosixAcl.Tag.OWNING_GROUP.number() | PosixAcl.Tag.OTHER.number();
        int named = PosixAcl.Tag.USER.number() | PosixAcl.Tag.GROUP.number();
        boolean whole =
                (seen & classes) == classes && ((seen & named) == 0 || (seen & PosixAcl.Tag.MASK.number()) != 0);
        if (!whole) {
            throw new AclFormatException("cannot read POSIX ACL: " + entries.size()
                    + " entries vs owner, group, others, and a mask when somebody is named");
        }
    }
}
