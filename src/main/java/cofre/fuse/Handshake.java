package cofre.fuse;

import cofre.posix.Errno;

/** The first exchange: which protocol both speak ({@code struct fuse_init_in}, {@code fuse_init_out}). */
final class Handshake {
    private static final int MAJOR = 7;
    /** What this program knows; a newer kernel then speaks this. */
    static final int NEWEST = 31;
    /** Since then all the structures used here have their present sizes; Linux 3.15, FreeBSD 12.1. */
    static final int OLDEST = 23;

    static final int ASYNC_READ = 1;
    static final int DO_READDIRPLUS = 1 << 13;
    static final int READDIRPLUS_AUTO = 1 << 14;
    static final int PARALLEL_DIROPS = 1 << 18;
    static final int POSIX_ACL = 1 << 20;
    static final int MAX_PAGES = 1 << 22;
    static final int CACHE_SYMLINKS = 1 << 23;

    /** Right for every mount: nothing changes, and reads may come in any order. */
    private static final int ALWAYS = ASYNC_READ | PARALLEL_DIROPS | MAX_PAGES;

    /** Only where the kernel decides on rights: each of these lets it answer without asking. */
    private static final int KERNEL_DECIDES = DO_READDIRPLUS | READDIRPLUS_AUTO | POSIX_ACL | CACHE_SYMLINKS;

    /** Largest read, and the largest read-ahead asked for. */
    static final int MAX_READ = 1 << 20;

    private static final int PAGE = 4096;
    private static final int MAX_BACKGROUND = 64;
    private static final int CONGESTED = 48;
    /** Nothing is ever written; the kernel asks for a page at least. */
    private static final int MAX_WRITE = PAGE;

    private Handshake() {}

    /**
     * What was agreed upon.
     *
     * @param minor version of the protocol
     * @param flags what both can do
     */
    record Agreed(int minor, int flags) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** Whether the kernel must first be told our major version, and will then ask again. */
    static boolean isNewerMajor(Request request) throws Refusal {
        return request.u32(0) > MAJOR;
    }

    /** The answer to a newer major version. */
    static void writeMajor(Answer answer) throws Refusal {
        answer.u32(MAJOR).u32(NEWEST);
        writeZeros(answer, 14);
    }

    static Agreed agree(Request request, AccessMode access) throws Refusal {
        int minor = Math.min(request.u32(4), NEWEST);
        if (request.u32(0) != MAJOR || minor < OLDEST) {
            throw new Refusal(Errno.EPROTO);
        }
        int wanted = access == AccessMode.KERNEL ? ALWAYS | KERNEL_DECIDES : ALWAYS;
        return new Agreed(minor, request.u32(12) & wanted);
    }

    static void write(Request request, Agreed agreed, Answer answer) throws Refusal {
        int ahead = Integer.compareUnsigned(request.u32(8), MAX_READ) < 0 ? request.u32(8) : MAX_READ;
        answer.u32(MAJOR).u32(agreed.minor()).u32(ahead).u32(agreed.flags());
        answer.u16(MAX_BACKGROUND).u16(CONGESTED).u32(MAX_WRITE);
        // Times are exact to the nanosecond.
        answer.u32(1).u16(MAX_READ / PAGE).u16(0);
        writeZeros(answer, 8);
    }

    private static void writeZeros(Answer answer, int words) throws Refusal {
        for (int i = 0; i < words; i++) {
            answer.u32(0);
        }
    }
}
