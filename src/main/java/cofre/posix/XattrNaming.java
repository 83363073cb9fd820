package cofre.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How attribute names are spelled in a repository, the only place that knows. Restic stores them as the system it runs on
 * spells them: on Linux with the namespace ({@code user.DOSATTRIB}), on FreeBSD only those of the user namespace and
 * without it ({@code DOSATTRIB}).
 *
 * <p>Writing on FreeBSD we do the same, except for a user attribute whose own name begins with {@code user.} or another
 * namespace's prefix: it keeps its {@code user.} so that reading is unambiguous. Reading, a name with a namespace is
 * taken at its word and one without belongs to {@code user.}; so a repository written on one system restores on the
 * other. The price: a FreeBSD attribute literally called {@code user.x} that real restic stored comes back as {@code x}.
 */
public enum XattrNaming {
    /** Names are stored as they are. */
    LINUX,
    /** {@code user.} is not stored. */
    FREEBSD;

    private static final String[] NAMESPACES = {"user.", "system.", "security.", "trusted."};

    /** The name as the repository spells it. */
    public byte[] toRepository(XattrName name) {
        byte[] bytes = name.bytes();
        if (this == LINUX || !name.startsWith(FreeBsdXattrs.USER_PREFIX)) {
            return bytes;
        }
        byte[] bare = Arrays.copyOfRange(bytes, FreeBsdXattrs.USER_PREFIX.length(), bytes.length);
        return bare.length == 0 || hasNamespace(bare) ? bytes : bare;
    }

    /**
     * The name a repository spells this way, on whichever system it was written.
     *
     * @throws IllegalArgumentException when no attribute can have that name
     */
    public static XattrName fromRepository(byte[] stored) {
        if (stored.length == 0 || hasNamespace(stored)) {
            return XattrName.of(stored);
        }
        byte[] prefix = FreeBsdXattrs.USER_PREFIX.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(prefix, prefix.length + stored.length);
        System.arraycopy(stored, 0, whole, prefix.length, stored.length);
        return XattrName.of(whole);
    }

    private static boolean hasNamespace(byte[] name) {
        for (String namespace : NAMESPACES) {
            byte[] prefix = namespace.getBytes(StandardCharsets.US_ASCII);
            if (name.length > prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length)) {
                return true;
            }
        }
        return false;
    }
}
