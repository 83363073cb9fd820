package cofre.format;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The shape of a master key inside a key file's sealed part. Only the shape: the key's bytes pass through, nothing here
 * uses or keeps them.
 */
public final class MasterKeyCodec {
    /** The key's parts in a row: 32 bytes to encrypt, 16 (k) and 16 (r) to authenticate. */
    public static final int KEY_BYTES = 64;

    private static final int ENCRYPT = 32;
    private static final int PART = 16;
    private static final int MAX_BYTES = 4096;

    private MasterKeyCodec() {}

    /** The JSON for a key given as {@link #KEY_BYTES} in a row; the caller wipes both. */
    public static byte[] encode(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("cannot write master key: " + key.length + " bytes vs " + KEY_BYTES);
        }
        JsonBytes out = new JsonBytes(256);
        part(out.raw("{\"mac\":{\"k\":"), key, ENCRYPT, PART);
        part(out.raw(",\"r\":"), key, ENCRYPT + PART, PART);
        part(out.raw("},\"encrypt\":"), key, 0, ENCRYPT);
        byte[] json = out.raw('}').toByteArray();
        out.wipe();
        return json;
    }

    private static void part(JsonBytes out, byte[] key, int offset, int length) {
        byte[] part = Arrays.copyOfRange(key, offset, offset + length);
        out.base64(part);
        Arrays.fill(part, (byte) 0);
    }

    /** The key in this JSON, as {@link #KEY_BYTES} in a row; the caller wipes both. */
    public static byte[] decode(byte[] json) throws FormatException {
        JsonInput in = new JsonInput("master key", json, 0, json.length, MAX_BYTES);
        byte[] key = new byte[KEY_BYTES];
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            switch (in.field()) {
                case "mac" -> mac(in, key, seen);
                case "encrypt" -> take(in, key, 0, ENCRYPT);
                default -> in.skip();
            }
        }
        if (!seen.containsAll(Set.of("encrypt", "mac.k", "mac.r"))) {
            throw in.bad("an object without encrypt, mac.k or mac.r", "a master key");
        }
        in.end();
        return key;
    }

    private static void mac(JsonInput in, byte[] key, Set<String> outer) throws FormatException {
        in.object();
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            switch (in.field()) {
                case "k" -> take(in, key, ENCRYPT, PART);
                case "r" -> take(in, key, ENCRYPT + PART, PART);
                default -> in.skip();
            }
        }
        seen.forEach(field -> outer.add("mac." + field));
    }

    private static void take(JsonInput in, byte[] key, int offset, int length) throws FormatException {
        byte[] part = in.base64();
        if (part.length != length) {
            throw in.bad("a key part of " + part.length + " bytes", "of " + length);
        }
        System.arraycopy(part, 0, key, offset, length);
        Arrays.fill(part, (byte) 0);
    }
}
