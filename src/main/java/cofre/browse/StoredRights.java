package cofre.browse;

import cofre.acl.AclFormatException;
import cofre.acl.Control;
import cofre.acl.Nfs4Acl;
import cofre.acl.PosixAcl;
import cofre.acl.Rights;
import cofre.format.GenericAttributes;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.RightsModel;
import cofre.format.Xattr;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The rights a node has kept. What cannot be told, or contradicts itself, lets only owner and root in. */
final class StoredRights {
    private static final byte[] POSIX_ACL = name("system.posix_acl_access");
    private static final byte[] WINDOWS = name("security.NTACL");

    /** Of a root nobody knows anything of. */
    static final Rights UNKNOWN_ROOT = new Rights(0, 0, 0700, true, Control.UNKNOWN);

    private StoredRights() {}

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Rights of(Node node, RightsModel kept) {
        Metadata known = node.metadata();
        boolean isDirectory = node.type() == NodeType.DIR;
        return new Rights(known.uid(), known.gid(), known.mode(), isDirectory, control(node, kept));
    }

    private static Control control(Node node, RightsModel kept) {
        if (!node.error().isEmpty()) {
            return Control.UNKNOWN; // something of it could not be read then, and that may have been its rights
        }
        try {
            return switch (kept) {
                case POSIX -> posix(node.metadata());
                case NFS4 -> nfs4(node.metadata());
                case NONE -> Control.UNKNOWN; // a file may have had a list that was not kept
            };
        } catch (AclFormatException e) {
            return Control.UNKNOWN;
        }
    }

    private static Control posix(Metadata known) throws AclFormatException {
        if (GenericAttributes.nfs4Acl(known).isPresent()) {
            return Control.UNKNOWN;
        }
        Optional<byte[]> acl = xattr(known, POSIX_ACL);
        return acl.isPresent() ? new Control.Posix(PosixAcl.ofXattr(acl.get())) : Control.MODE_ONLY;
    }

    private static Control nfs4(Metadata known) throws AclFormatException {
        if (xattr(known, POSIX_ACL).isPresent()) {
            return Control.UNKNOWN;
        }
        Optional<String> acl = GenericAttributes.nfs4Acl(known);
        return new Control.Nfs4(acl.isPresent() ? Nfs4Acl.parse(acl.get()) : Nfs4Acl.ofMode(known.mode()));
    }

    /** What Samba keeps of a Windows ACL; nobody but Samba reads it. */
    static Optional<byte[]> windows(Node node) {
        return xattr(node.metadata(), WINDOWS);
    }

    private static Optional<byte[]> xattr(Metadata known, byte[] name) {
        for (Xattr xattr : known.xattrs()) {
            if (Arrays.equals(xattr.name(), name)) {
                return Optional.of(xattr.value());
            }
        }
        return Optional.empty();
    }
}
