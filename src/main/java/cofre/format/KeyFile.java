package cofre.format;

import java.time.ZonedDateTime;

/**
 * A key file: the master key sealed with a password's key.
 *
 * @param created when
 * @param username who made it
 * @param hostname where
 * @param kdf the words {@code scrypt}
 * @param n scrypt's cost, a power of two
 * @param r scrypt's block size
 * @param p scrypt's parallelism
 * @param salt for scrypt
 * @param data the sealed master key
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and never compared
public record KeyFile(
        ZonedDateTime created,
        String username,
        String hostname,
        String kdf,
        int n,
        int r,
        int p,
        byte[] salt,
        byte[] data) {
    public KeyFile {
        salt = salt.clone();
        data = data.clone();
    }

    /** A copy. */
    @Override
    public byte[] salt() {
        return salt.clone();
    }

    /** A copy. */
    @Override
    public byte[] data() {
        return data.clone();
    }
}
