package cofre.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/** What one thread needs to seal and open: ciphers set up once, and a stock of random bytes. */
final class SealState {
    static final int BLOCK = 16;
    static final byte[] ZERO = new byte[BLOCK];

    /**
     * AES is fed in slices: the JIT compiles the loop over short calls at once, while one call over a whole blob stays
     * interpreted for minutes at a thirtieth of the speed.
     */
    private static final int SLICE = 16 * 1024;

    /** Random bytes drawn at once: one draw per IV costs more than encrypting a small blob. */
    private static final int STOCK = 4096;

    private final SecureRandom random;
    private final TagFunction tags;
    private final Cipher cipher;
    private final Cipher nonceCipher;
    private final SecretKey encryptKey;
    private final byte[] tagKey = new byte[2 * BLOCK];
    private final byte[] tag = new byte[BLOCK];
    private final byte[] scratch = new byte[SLICE];
    private final byte[] stock = new byte[STOCK];
    private int drawn = STOCK;

    SealState(SealKey key, SecureRandom random, TagFunction tags) {
        this.random = random;
        this.tags = tags;
        this.encryptKey = key.encryptKey();
        key.writeClampedR(tagKey);
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
            this.nonceCipher = Cipher.getInstance("AES/ECB/NoPadding");
            nonceCipher.init(Cipher.ENCRYPT_MODE, key.nonceKey());
        } catch (GeneralSecurityException e) {
            throw noAes(e);
        }
    }

    private static IllegalStateException noAes(GeneralSecurityException e) {
        return new IllegalStateException("cannot use AES: every Java platform must have it", e);
    }

    /** Writes a fresh IV. */
    void writeIv(byte[] out, int offset) {
        do {
            if (drawn == STOCK) {
                random.nextBytes(stock);
                drawn = 0;
            }
            System.arraycopy(stock, drawn, out, offset, BLOCK);
            Arrays.fill(stock, drawn, drawn + BLOCK, (byte) 0); // no IV is used twice, whatever goes wrong
            drawn += BLOCK;
        } while (Arrays.equals(out, offset, offset + BLOCK, ZERO, 0, BLOCK));
    }

    /** Encrypts or decrypts, which is the same in counter mode. */
    void crypt(byte[] iv, int ivOffset, byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, encryptKey, new IvParameterSpec(iv, ivOffset, BLOCK));
            for (int done = 0; done < length; done += SLICE) {
                int slice = Math.min(SLICE, length - done);
                byte[] from = in;
                int fromOffset = offset + done;
                if (in == out) { // the cipher would copy too, but into a new array for each slice
                    System.arraycopy(in, fromOffset, scratch, 0, slice);
                    from = scratch;
                    fromOffset = 0;
                }
                int written = cipher.update(from, fromOffset, slice, out, outOffset + done);
                if (written != slice) {
                    throw new IllegalStateException("cannot encrypt: " + written + " bytes came out vs " + slice);
                }
            }
        } catch (GeneralSecurityException e) {
            throw noAes(e);
        }
    }

    /** Writes the tag of the encrypted bytes that lie behind the IV at {@code ivOffset}. */
    void tag(byte[] sealed, int ivOffset, int length, byte[] out, int outOffset) {
        try {
            nonceCipher.doFinal(sealed, ivOffset, BLOCK, tagKey, BLOCK);
        } catch (GeneralSecurityException e) {
            throw noAes(e);
        }
        tags.tag(tagKey, sealed, ivOffset + BLOCK, length, out, outOffset);
    }

    /** Whether the tag behind the encrypted bytes is theirs; takes the same time whichever byte differs. */
    boolean hasTag(byte[] sealed, int ivOffset, int length) {
        tag(sealed, ivOffset, length, tag, 0);
        int at = ivOffset + BLOCK + length;
        return MessageDigest.isEqual(tag, Arrays.copyOfRange(sealed, at, at + BLOCK));
    }
}
