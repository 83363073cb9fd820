package cofre.testkit;

import cofre.storage.FileHandle;
import cofre.storage.FileType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Content for stores, and the names stores give it. */
public final class StoreBytes {
    private StoreBytes() {}

    /** {@code length} bytes, the same ones for the same seed. */
    public static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The handle a store gives to this content. */
    public static FileHandle handle(FileType type, byte[] bytes) {
        return type == FileType.CONFIG ? FileHandle.CONFIG : new FileHandle(type, sha256(bytes));
    }

    /** 64 lower-case hex digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
