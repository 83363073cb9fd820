package cofre.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What cofre keeps in a node's {@code generic_attributes}, which restic keeps and checks without knowing what it means:
 *
 * <ul>
 *   <li>{@code freebsd.nfsv4_acl}: the NFSv4 ACL as setfacl(1) takes it, where it says more than the mode;
 *   <li>{@code freebsd.flags}: file flags as chflags(1) takes them, where there are any;
 *   <li>{@code cofre.birth_time}: when the file was made, RFC 3339 in UTC, where the file system knows.
 * </ul>
 */
public final class GenericAttributes {
    /** Stands for an ACL that could not be read: nobody but owner and root is let in. */
    public static final String UNREADABLE = "unreadable";

    private static final String NFS4_ACL = "freebsd.nfsv4_acl";
    private static final String FLAGS = "freebsd.flags";
    private static final String BIRTH_TIME = "cofre.birth_time";

    private GenericAttributes() {}

    /**
     * For {@link Metadata#generic}.
     *
     * @param nfs4Acl the ACL's text, {@link #UNREADABLE}, or empty for none
     * @param flags their names; empty for none
     * @param birth {@link Instant#EPOCH} when it is not known
     */
    public static Map<String, JsonNode> of(Optional<String> nfs4Acl, String flags, Instant birth) {
        boolean born = !birth.equals(Instant.EPOCH);
        if (nfs4Acl.isEmpty() && flags.isEmpty()) {
            return born ? Map.of(BIRTH_TIME, time(birth)) : Map.of();
        }
        Map<String, JsonNode> generic = new TreeMap<>();
        nfs4Acl.ifPresent(acl -> generic.put(NFS4_ACL, TextNode.valueOf(acl)));
        if (!flags.isEmpty()) {
            generic.put(FLAGS, TextNode.valueOf(flags));
        }
        if (born) {
            generic.put(BIRTH_TIME, time(birth));
        }
        return generic;
    }

    private static JsonNode time(Instant birth) {
        return TextNode.valueOf(Rfc3339.text(birth));
    }

    /** The ACL's text; {@link #UNREADABLE} for anything that is no text. */
    public static Optional<String> nfs4Acl(Metadata metadata) {
        return text(metadata, NFS4_ACL);
    }

    /** The flags' names. */
    public static Optional<String> flags(Metadata metadata) {
        return text(metadata, FLAGS);
    }

    /** When the file was made, as it is stored. */
    public static Optional<String> birthTime(Metadata metadata) {
        return text(metadata, BIRTH_TIME);
    }

    private static Optional<String> text(Metadata metadata, String key) {
        JsonNode value = metadata.generic().get(key);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(value.isTextual() ? value.textValue() : UNREADABLE);
    }
}
