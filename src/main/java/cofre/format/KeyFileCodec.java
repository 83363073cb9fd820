package cofre.format;

import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;

/**
 * Key files to JSON and back; key files are the only ones that are not sealed, so anybody may have written them. Whether
 * scrypt's parameters are sane is for the one who derives the key to say, before doing so.
 */
public final class KeyFileCodec {
    /** Largest key file read. */
    public static final int MAX_BYTES = 64 * 1024;

    private KeyFileCodec() {}

    /** The key file as restic writes it. */
    public static byte[] encode(KeyFile key) {
        JsonBytes out = new JsonBytes(1024);
        out.raw("{\"created\":");
        Rfc3339.write(key.created(), out);
        out.raw(",\"username\":").string(key.username());
        out.raw(",\"hostname\":").string(key.hostname());
        out.raw(",\"kdf\":").string(key.kdf());
        out.raw(",\"N\":").unsigned(key.n());
        out.raw(",\"r\":").unsigned(key.r());
        out.raw(",\"p\":").unsigned(key.p());
        out.raw(",\"salt\":").base64(key.salt());
        out.raw(",\"data\":").base64(key.data());
        return out.raw('}').toByteArray();
    }

    /**
     * The key file in these bytes.
     *
     * @throws FormatException also when a field that opening needs is missing, or the kdf is not scrypt
     */
    public static KeyFile decode(byte[] json) throws FormatException {
        JsonInput in = new JsonInput("key file", json, 0, json.length, MAX_BYTES);
        ZonedDateTime created = SummaryJson.NO_TIME;
        String username = "";
        String hostname = "";
        String kdf = "";
        int[] cost = new int[3];
        byte[] salt = new byte[0];
        byte[] data = new byte[0];
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            switch (in.field()) {
                case "created" -> created = in.zoned();
                case "username" -> username = in.text();
                case "hostname" -> hostname = in.text();
                case "kdf" -> kdf = in.text();
                case "N" -> cost[0] = (int) in.unsigned(Integer.MAX_VALUE);
                case "r" -> cost[1] = (int) in.unsigned(Integer.MAX_VALUE);
                case "p" -> cost[2] = (int) in.unsigned(Integer.MAX_VALUE);
                case "salt" -> salt = in.base64();
                case "data" -> data = in.base64();
                default -> in.skip();
            }
        }
        if (!kdf.equals("scrypt") || salt.length == 0 || data.length == 0) {
            throw in.bad("an object without scrypt as kdf, salt or data", "a key file");
        }
        in.end();
        return new KeyFile(created, username, hostname, kdf, cost[0], cost[1], cost[2], salt, data);
    }
}
