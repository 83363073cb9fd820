package cofre.seal;

import cofre.format.PackedBlob;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seals and opens bytes with one key: {@code IV (16) | AES-256-CTR | tag (16)}. Thread-safe: each thread gets ciphers and
 * random bytes of its own.
 */
public final class Sealer {
    /** How many bytes sealing adds. */
    public static final int OVERHEAD = PackedBlob.SEAL_OVERHEAD;

    /** Bytes before the encrypted ones: blobs can be prepared in place behind them. */
    public static final int PREFIX = SealState.BLOCK;

    private final ThreadLocal<SealState> states;

    /** A sealer with the master key of a repository. */
    public Sealer(MasterKey key, SecureRandom random, TagFunction tags) {
        this(key.key(), random, tags);
    }

    Sealer(SealKey key, SecureRandom random, TagFunction tags) {
        this.states = ThreadLocal.withInitial(() -> new SealState(key, random, tags));
    }

    /**
     * Seals {@code length} plain bytes into {@code out}, which must have room for {@link #OVERHEAD} more. Both may be one
     * array when the plain bytes lie exactly {@link #PREFIX} behind {@code outOffset}: then they are encrypted in place.
     *
     * @return the sealed length
     */
    public int seal(byte[] plain, int offset, int length, byte[] out, int outOffset) {
        if (out.length - outOffset < length + OVERHEAD) {
            throw new IllegalArgumentException("cannot seal " + length + " bytes: room for " + (out.length - outOffset)
                    + " vs " + (length + OVERHEAD));
        }
        if (plain == out && offset != outOffset + PREFIX) {
            throw new IllegalArgumentException(
                    "cannot seal in one array: bytes at " + offset + " vs " + (outOffset + PREFIX));
        }
        SealState state = states.get();
        state.writeIv(out, outOffset);
        state.crypt(out, outOffset, plain, offset, length, out, outOffset + PREFIX);
        state.tag(out, outOffset, length, out, outOffset + PREFIX + length);
        return length + OVERHEAD;
    }

    /** Seals all of these bytes into a new array. */
    public byte[] seal(byte[] plain) {
        byte[] out = new byte[Math.addExact(plain.length, OVERHEAD)];
        seal(plain, 0, plain.length, out, 0);
        return out;
    }

    /**
     * Opens {@code length} sealed bytes into {@code out}, which must be another array. Nothing is decrypted, and
     * {@code out} not touched, unless the tag fits.
     *
     * @return the plain length, {@link #OVERHEAD} less
     * @throws SealException.Forged when the tag does not fit
     */
    public int open(byte[] sealed, int offset, int length, byte[] out, int outOffset) throws SealException {
        check(sealed, offset, length);
        int plain = length - OVERHEAD;
        if (out == sealed || out.length - outOffset < plain) {
            throw new IllegalArgumentException(
                    "cannot open " + length + " bytes: no other array with room for " + plain);
        }
        states.get().crypt(sealed, offset, sealed, offset + PREFIX, plain, out, outOffset);
        return plain;
    }

    /** Opens all of these bytes; see {@link #open(byte[], int, int, byte[], int)}. */
    public byte[] open(byte[] sealed) throws SealException {
        return open(sealed, 0, sealed.length);
    }

    /** Opens {@code length} bytes at {@code offset} into a new array. */
    public byte[] open(byte[] sealed, int offset, int length) throws SealException {
        check(sealed, offset, length); // before there is memory for it
        byte[] out = new byte[length - OVERHEAD];
        states.get().crypt(sealed, offset, sealed, offset + PREFIX, out.length, out, 0);
        return out;
    }

    private void check(byte[] sealed, int offset, int length) throws SealException {
        if (length < OVERHEAD) {
            throw new SealException.Forged(
                    "cannot open " + length + " bytes vs at least " + OVERHEAD + ": they were cut short");
        }
        SealState state = states.get();
        if (!state.hasTag(sealed, offset, length - OVERHEAD) || isZero(sealed, offset)) {
            throw new SealException.Forged("cannot open " + length
                    + " bytes: their tag vs the one they must have; they were changed, or sealed with another key");
        }
    }

    /** Nobody draws an all-zero IV: it would mean that the writer's source of randomness is broken. */
    private static boolean isZero(byte[] sealed, int offset) {
        return Arrays.mismatch(sealed, offset, offset + PREFIX, SealState.ZERO, 0, PREFIX) < 0;
    }
}
