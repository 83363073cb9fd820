package cofre.seal;

import cofre.format.FormatException;
import cofre.format.KeyFile;
import java.security.SecureRandom;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.SCrypt;

/** Opens and makes key files. Each try takes the time and memory the key file asks for, within bounds. Thread-safe. */
public final class KeyRing {
    private static final int SALT = 64;
    private static final int USER_KEY = 64;
    private static final int MAX_DATA = 4096;

    private final SecureRandom random;

    /** Salts and IVs of new keys come from {@code random}. */
    public KeyRing(SecureRandom random) {
        this.random = random;
    }

    /**
     * Tries a password on a key file.
     *
     * @return the master key; empty when the password is not this key's (or the file was changed: the two look alike)
     * @throws SealException.Unreasonable when the file asks for more work than anybody needs; none was done
     * @throws FormatException when the password is right and yet no master key comes out
     */
    public Optional<MasterKey> open(KeyFile file, Secret password) throws SealException, FormatException {
        ScryptCost cost = ScryptCost.of(file);
        byte[] data = file.data();
        if (data.length > MAX_DATA) {
            throw new SealException.Unreasonable(
                    "cannot use key: " + data.length + " bytes of data vs at most " + MAX_DATA);
        }
        byte[] json = new byte[Math.max(0, data.length - Sealer.OVERHEAD)];
        try (SealKey userKey = derive(password, file.salt(), cost)) {
            sealer(userKey).open(data, 0, data.length, json, 0);
            return Optional.of(MasterKey.fromJson(json));
        } catch (SealException.Forged e) {
            return Optional.empty();
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    /**
     * Makes a key file that opens {@code key} with {@code password}.
     *
     * @throws IllegalArgumentException when {@code cost} is below {@link ScryptCost#FLOOR}
     */
    public KeyFile create(MasterKey key, Secret password, ScryptCost cost, Origin origin) {
        cost.checkFloor();
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] json = key.toJson();
        try (SealKey userKey = derive(password, salt, cost)) {
            byte[] data = sealer(userKey).seal(json);
            return new KeyFile(
                    origin.created(),
                    origin.username(),
                    origin.hostname(),
                    "scrypt",
                    cost.n(),
                    cost.r(),
                    cost.p(),
                    salt,
                    data);
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    /** Who makes a key, when and where: for people to tell keys apart. */
    public record Origin(ZonedDateTime created, String username, String hostname) {}

    private Sealer sealer(SealKey userKey) {
        return new Sealer(userKey, random, TagFunction.bouncyCastle());
    }

    private static SealKey derive(Secret password, byte[] salt, ScryptCost cost) {
        byte[] bytes = password.copy();
        byte[] derived = new byte[0];
        try {
            derived = SCrypt.generate(bytes, salt, cost.n(), cost.r(), cost.p(), USER_KEY);
            return new SealKey(derived);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }
}
