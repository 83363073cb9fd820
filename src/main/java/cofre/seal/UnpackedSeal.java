package cofre.seal;

import cofre.format.ConfigCodec;
import cofre.format.FormatException;
import cofre.format.Sha256;
import java.util.Arrays;

/**
 * Index, snapshot and lock files to what is stored, and back; and the config, which is sealed but never compressed and
 * carries no hash for a name. Thread-safe.
 */
public final class UnpackedSeal {
    private static final byte COMPRESSED = 2;

    private final Sealer sealer;
    private final Zstd zstd = new Zstd(Compression.AUTO);
    private final int version;

    /**
     * For one repository.
     *
     * @param version the repository's, 1 or 2; only 2 compresses
     */
    public UnpackedSeal(Sealer sealer, int version) {
        this.sealer = sealer;
        this.version = version;
    }

    /**
     * What is to be stored.
     *
     * @param name the stored bytes' hash, which is the file's name
     * @param bytes the stored bytes; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Stored(Sha256 name, byte[] bytes) {}

    /** Seals a file's JSON. */
    public Stored seal(byte[] json) {
        byte[] stored = sealer.seal(version < 2 ? json : compressed(json));
        return new Stored(Sha256.hash(stored), stored);
    }

    private byte[] compressed(byte[] json) {
        byte[] out = new byte[1 + Zstd.maxLength(json.length)];
        out[0] = COMPRESSED;
        return Arrays.copyOf(out, 1 + zstd.compress(json, 0, json.length, out, 1));
    }

    /**
     * Opens a stored file.
     *
     * @param name the file's name, which must be the hash of {@code stored}
     * @return its JSON
     * @throws SealException when the bytes are not those of this name, are forged, or blow up beyond the kind's bound
     * @throws FormatException when the plain bytes are in no known form
     */
    public byte[] open(UnpackedKind kind, Sha256 name, byte[] stored) throws SealException, FormatException {
        OpenedFile room = new OpenedFile();
        open(kind, name, stored, room);
        return room.length() == room.bytes().length ? room.bytes() : Arrays.copyOf(room.bytes(), room.length());
    }

    /** The same into room that is used again and again: then {@code room} is the JSON. */
    public void open(UnpackedKind kind, Sha256 name, byte[] stored, OpenedFile room)
            throws SealException, FormatException {
        Sha256 actual = Sha256.hash(stored);
        if (!actual.equals(name)) {
            throw new SealException.Mismatch("cannot open " + kind.text() + " " + name + ": its " + stored.length
                    + " bytes hash to " + actual + " vs " + name);
        }
        byte[] plain = room.decrypted(Math.max(0, stored.length - Sealer.OVERHEAD));
        int length = sealer.open(stored, 0, stored.length, plain, 0);
        if (version < 2 || (length > 0 && (plain[0] == '{' || plain[0] == '['))) {
            room.isDecrypted(length);
        } else if (length == 0 || plain[0] != COMPRESSED) {
            throw new FormatException("cannot read " + kind.text() + " " + name + ": "
                    + (length == 0 ? "0 bytes" : "a first byte of " + (plain[0] & 0xff)) + " vs 2, { or [");
        } else {
            room.isPlain(zstd.decompress(plain, 1, length - 1, kind.most(), room::plain));
        }
    }

    /** Seals the config's JSON. */
    public static byte[] sealConfig(Sealer sealer, byte[] json) {
        return sealer.seal(json);
    }

    /** Opens the config, of a repository whose version is not known yet. */
    public static byte[] openConfig(Sealer sealer, byte[] stored) throws SealException, FormatException {
        if (stored.length > ConfigCodec.MAX_BYTES) {
            throw new FormatException(
                    "cannot read config: " + stored.length + " bytes vs at most " + ConfigCodec.MAX_BYTES);
        }
        return sealer.open(stored);
    }
}
