package cofre.format;

/** restic's mode bits, which are Go's and not those of {@code st_mode}. */
final class GoMode {
    private static final int PERMISSIONS = 0777;
    private static final long DIR = 1L << 31;
    private static final long SYMLINK = 1L << 27;
    private static final long DEVICE = 1L << 26;
    private static final long FIFO = 1L << 25;
    private static final long SOCKET = 1L << 24;
    private static final long SETUID = 1L << 23;
    private static final long SETGID = 1L << 22;
    private static final long CHAR_DEVICE = 1L << 21;
    private static final long STICKY = 1L << 20;
    private static final long IRREGULAR = 1L << 19;

    private GoMode() {}

    /** The bits for {@code st_mode}'s lower twelve and a type. */
    static long of(NodeType type, int mode) {
        long bits = mode & PERMISSIONS;
        bits |= (mode & 04000) != 0 ? SETUID : 0;
        bits |= (mode & 02000) != 0 ? SETGID : 0;
        bits |= (mode & 01000) != 0 ? STICKY : 0;
        return bits | typeBits(type);
    }

    private static long typeBits(NodeType type) {
        return switch (type) {
            case FILE -> 0;
            case DIR -> DIR;
            case SYMLINK -> SYMLINK;
            case BLOCK_DEVICE -> DEVICE;
            case CHAR_DEVICE -> DEVICE | CHAR_DEVICE;
            case FIFO -> FIFO;
            case SOCKET -> SOCKET;
            case IRREGULAR -> IRREGULAR;
        };
    }

    /** {@code st_mode}'s lower twelve; type bits are left to the node's type, which says the same in words. */
    static int unixMode(long bits) {
        int mode = (int) bits & PERMISSIONS;
        mode |= (bits & SETUID) != 0 ? 04000 : 0;
        mode |= (bits & SETGID) != 0 ? 02000 : 0;
        mode |= (bits & STICKY) != 0 ? 01000 : 0;
        return mode;
    }
}
