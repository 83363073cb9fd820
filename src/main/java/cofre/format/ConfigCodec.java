package cofre.format;

import java.util.HashSet;
import java.util.Set;

/** The repository's config to JSON and back. */
public final class ConfigCodec {
    /** Largest config read. */
    public static final int MAX_BYTES = 64 * 1024;

    private ConfigCodec() {}

    /** The config as restic writes it. */
    public static byte[] encode(RepositoryConfig config) {
        JsonBytes out = new JsonBytes(160);
        out.raw("{\"version\":").unsigned(config.version());
        out.raw(",\"id\":").id(config.id().hash());
        out.raw(",\"chunker_polynomial\":\"").raw(Long.toHexString(config.polynomial()));
        return out.raw("\"}").toByteArray();
    }

    /**
     * The config in these bytes. Whether the polynomial is irreducible is for the chunker to say.
     *
     * @throws FormatException.UnsupportedVersion when the version is neither 1 nor 2
     * @throws FormatException when it is no config
     */
    public static RepositoryConfig decode(byte[] json) throws FormatException {
        JsonInput in = new JsonInput("config", json, 0, json.length, MAX_BYTES);
        long version = -1;
        Sha256 id = null;
        long polynomial = 0;
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            switch (in.field()) {
                case "version" -> version = in.unsigned(Integer.MAX_VALUE);
                case "id" -> id = in.id();
                case "chunker_polynomial" -> polynomial = polynomial(in);
                default -> in.skip();
            }
        }
        if (version < 0) {
            throw in.bad("an object without version", "a config");
        }
        if (version != 1 && version != 2) {
            throw new FormatException.UnsupportedVersion(version);
        }
        if (id == null || polynomial == 0) {
            throw in.bad("an object without id or chunker_polynomial", "a config");
        }
        in.end();
        return new RepositoryConfig((int) version, new RepositoryId(id), polynomial);
    }

    private static long polynomial(JsonInput in) throws FormatException {
        String text = in.text();
        try {
            if (text.startsWith("+")) {
                throw new NumberFormatException("a sign");
            }
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw in.bad("something else", "up to 16 hex digits");
        }
    }
}
