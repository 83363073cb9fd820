package cofre.fuse;

import cofre.browse.Attributes;
import cofre.browse.EntryKind;
import java.time.Instant;
import java.util.function.LongToIntFunction;

/** Writes what the kernel is told of an entry ({@code struct fuse_attr}, {@code fuse_entry_out}). */
final class Shape {
    /** {@code struct fuse_entry_out}. */
    static final int ENTRY_LENGTH = 128;

    /** What programs are advised to read at a time: the record size ZFS uses by default. */
    private static final int BLOCK = 128 * 1024;

    private static final int SECTOR = 512;
    private static final int OPEN_DIRECTORY = 0555;
    private static final int OPEN_FILE = 0444;
    private static final int LINK = 0777;
    /** st_mode has the kind above its twelve permission bits. */
    private static final int KIND_SHIFT = 12;

    private final AccessMode access;
    private final Validity validity;
    private final LongToIntFunction deviceBits;

    /** {@code deviceBits}: see {@link cofre.posix.FuseSystem#deviceBits}. */
    Shape(AccessMode access, Validity validity, LongToIntFunction deviceBits) {
        this.access = access;
        this.validity = validity;
        this.deviceBits = deviceBits;
    }

    /** An entry that was found. */
    void entry(Answer answer, Node directory, Node node, Attributes found) throws Refusal {
        answer.u64(node.id).u64(0);
        answer.u64(validity.name(directory))
                .u64(validity.attributes(node))
                .u32(0)
                .u32(0);
        attributes(answer, found);
    }

    /** No entry; {@code seconds} it will not be there. */
    void noEntry(Answer answer, long seconds) throws Refusal {
        answer.u64(0).u64(0).u64(seconds);
        for (int at = 24; at < ENTRY_LENGTH; at += Long.BYTES) {
            answer.u64(0);
        }
    }

    /** {@code struct fuse_attr_out}. */
    void attributes(Answer answer, Node node, Attributes found) throws Refusal {
        answer.u64(validity.attributes(node)).u32(0).u32(0);
        attributes(answer, found);
    }

    private void attributes(Answer answer, Attributes a) throws Refusal {
        answer.u64(a.inode()).u64(a.size()).u64((a.size() + SECTOR - 1) / SECTOR);
        Instant read = a.atime();
        Instant changed = a.mtime();
        Instant touched = a.ctime();
        answer.u64(read.getEpochSecond()).u64(changed.getEpochSecond()).u64(touched.getEpochSecond());
        answer.u32(read.getNano()).u32(changed.getNano()).u32(touched.getNano());
        answer.u32((kind(a.kind()) << KIND_SHIFT) | permissions(a));
        answer.u32((int) Math.min(a.links(), Integer.MAX_VALUE))
                .u32((int) a.uid())
                .u32((int) a.gid());
        answer.u32(deviceBits.applyAsInt(a.device())).u32(BLOCK).u32(0);
    }

    private int permissions(Attributes a) {
        if (access == AccessMode.KERNEL) {
            return a.mode() & 07777;
        }
        return switch (a.kind()) {
            case DIRECTORY -> OPEN_DIRECTORY;
            case SYMLINK -> LINK;
            default -> OPEN_FILE;
        };
    }

    /** The kind as st_mode and d_type have it. */
    static int kind(EntryKind kind) {
        return switch (kind) {
            case FIFO -> 1;
            case CHAR_DEVICE -> 2;
            case DIRECTORY -> 4;
            case BLOCK_DEVICE -> 6;
            case FILE -> 8;
            case SYMLINK -> 10;
            case SOCKET -> 12;
        };
    }
}
