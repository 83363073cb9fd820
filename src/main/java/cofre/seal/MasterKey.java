package cofre.seal;

import cofre.format.FormatException;
import cofre.format.MasterKeyCodec;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The key of a repository. Who has it can read and forge everything in it, for ever. Its bytes never leave this room but
 * sealed with a password. Thread-safe until closed.
 */
public final class MasterKey implements AutoCloseable {
    private final SealKey key;

    private MasterKey(SealKey key) {
        this.key = key;
    }

    /** A new key for a new repository. */
    public static MasterKey random(SecureRandom random) {
        byte[] bytes = new byte[MasterKeyCodec.KEY_BYTES];
        try {
            random.nextBytes(bytes);
            return new MasterKey(new SealKey(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The key in a key file's opened data, which the caller wipes. */
    static MasterKey fromJson(byte[] json) throws FormatException {
        byte[] bytes = MasterKeyCodec.decode(json);
        try {
            return new MasterKey(new SealKey(bytes));
        } catch (IllegalArgumentException e) {
            throw new FormatException("cannot read master key: a part of it is all zero vs random bytes", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** What a key file seals; the caller wipes it. */
    byte[] toJson() {
        byte[] bytes = key.copy();
        try {
            return MasterKeyCodec.encode(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    SealKey key() {
        return key;
    }

    /** Wipes the key: nothing can be sealed or opened with it by a thread that has not done so yet. */
    @Override
    public void close() {
        key.close();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey master && key.equals(master.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
