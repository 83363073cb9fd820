package cofre.seal;

import cofre.format.MasterKeyCodec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key to seal with: 32 bytes to encrypt, 16 (k) and 16 (r) to authenticate. Kept in own arrays, which can be wiped;
 * ciphers made from it keep copies that Java gives no way to wipe. Thread-safe until closed.
 */
final class SealKey implements AutoCloseable {
    static final int ENCRYPT = 32;
    static final int PART = 16;

    private final byte[] bytes;
    private volatile boolean isClosed;

    /**
     * Takes a copy of the key's 64 bytes in a row.
     *
     * @throws IllegalArgumentException when there are not 64, or one of the parts is all zero: a sign of lost key material
     */
    SealKey(byte[] key) {
        if (key.length != MasterKeyCodec.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "cannot use key: " + key.length + " bytes vs " + MasterKeyCodec.KEY_BYTES);
        }
        if (isZero(key, 0, ENCRYPT) || isZero(key, ENCRYPT, PART) || isZero(key, ENCRYPT + PART, PART)) {
            throw new IllegalArgumentException("cannot use key: a part of it is all zero vs random bytes");
        }
        this.bytes = key.clone();
    }

    private static boolean isZero(byte[] key, int offset, int length) {
        int any = 0;
        for (int i = offset; i < offset + length; i++) {
            any |= key[i];
        }
        return any == 0;
    }

    /** A copy of all 64 bytes, for the caller to wipe. */
    byte[] copy() {
        checkOpen();
        return bytes.clone();
    }

    SecretKeySpec encryptKey() {
        checkOpen();
        return new SecretKeySpec(bytes, 0, ENCRYPT, "AES");
    }

    SecretKeySpec nonceKey() {
        checkOpen();
        return new SecretKeySpec(bytes, ENCRYPT, PART, "AES");
    }

    /** Writes r with the bits cleared that Poly1305 clears; stored keys have them cleared or not. */
    void writeClampedR(byte[] out) {
        checkOpen();
        System.arraycopy(bytes, ENCRYPT + PART, out, 0, PART);
        for (int i = 3; i < PART; i += 4) {
            out[i] &= 15;
        }
        for (int i = 4; i < PART; i += 4) {
            out[i] &= (byte) 252;
        }
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("cannot use key: it is closed");
        }
    }

    /** Wipes the key. */
    @Override
    public void close() {
        isClosed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** In constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SealKey key && java.security.MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(SealKey.class); // nothing of the key
    }

    @Override
    public String toString() {
        return "***";
    }
}
