package cofre.seal;

/**
 * Room for opening files one after the other, and the one opened last: its JSON is the first {@link #length} bytes of {@link #bytes}. It grows to the largest file met, unless that is far larger than files usually are. Not thread-safe.
 */
public final class OpenedFile {
    /** Ten times what restic's and our index files take. */
    private static final int KEPT = 96 << 20;

    private static final byte[] NONE = {};

    private byte[] decrypted = NONE;
    private byte[] plain = NONE;
    private byte[] bytes = NONE;
    private int length;

    /** Begins with the JSON; overwritten by the next file. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    byte[] decrypted(int needed) {
        decrypted = fitting(decrypted, needed);
        return decrypted;
    }

    byte[] plain(int needed) {
        plain = fitting(plain, needed);
        return plain;
    }

    private static byte[] fitting(byte[] old, int needed) {
        return old.length < needed || old.length > KEPT ? new byte[needed] : old;
    }

    void isDecrypted(int count) {
        bytes = decrypted;
        length = count;
    }

    void isPlain(int count) {
        bytes = plain;
        length = count;
    }
}
