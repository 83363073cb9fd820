package cofre.fuse;

import cofre.acl.Want;
import cofre.browse.BrowseException;
import cofre.browse.VersionTree;
import cofre.posix.Errno;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * GETXATTR and LISTXATTR. Attributes of the namespaces {@code security} and {@code trusted} are for root alone, as on a local
 * disk of Linux: smbd reads {@code security.NTACL} as root and decides for its user.
 */
final class XattrOperations {
    /** XATTR_SIZE_MAX and XATTR_LIST_MAX of Linux. */
    private static final int LARGEST = 65536;

    private static final byte[] SECURITY = ascii("security.");
    private static final byte[] TRUSTED = ascii("trusted.");
    private static final byte[] POSIX_ACL = ascii("system.posix_acl_");

    private final VersionTree tree;
    private final NodeTable nodes;
    private final Gate gate;

    XattrOperations(VersionTree tree, NodeTable nodes, Gate gate) {
        this.tree = tree;
        this.nodes = nodes;
        this.gate = gate;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void get(Request request, Answer answer) throws Refusal, BrowseException {
        int room = request.u32(0);
        byte[] name = request.name(8);
        Node node = nodes.get(request.node());
        if (!isShown(request, name)) {
            throw new Refusal(Errno.ENOATTR);
        }
        boolean rights = begins(name, POSIX_ACL) || begins(name, SECURITY);
        gate.require(request, node.spot, rights ? Want.ACL : Want.NAMED_ATTRIBUTES);
        byte[] value = tree.extendedAttribute(node.spot, name).orElseThrow(() -> new Refusal(Errno.ENOATTR));
        give(value, value.length, room, answer);
    }

    void list(Request request, Answer answer) throws Refusal, BrowseException {
        int room = request.u32(0);
        Node node = nodes.get(request.node());
        gate.require(request, node.spot, Want.NAMED_ATTRIBUTES);
        byte[] names = new byte[LARGEST];
        int length = 0;
        for (byte[] name : tree.extendedAttributes(node.spot)) {
            if (isShown(request, name)) {
                if (length + name.length + 1 > LARGEST) {
                    throw new Refusal(Errno.E2BIG);
                }
                System.arraycopy(name, 0, names, length, name.length);
                length += name.length + 1;
            }
        }
        give(names, length, room, answer);
    }

    /** No room means: how long is it? */
    private static void give(byte[] value, int length, int room, Answer answer) throws Refusal {
        if (room == 0) {
            answer.u32(length).u32(0);
        } else if (Integer.compareUnsigned(length, room) > 0) {
            throw new Refusal(Errno.ERANGE);
        } else if (length > LARGEST) {
            throw new Refusal(Errno.E2BIG);
        } else {
            answer.raw(value, length);
        }
    }

    private static boolean isShown(Request request, byte[] name) {
        return request.uid() == 0 || !(begins(name, SECURITY) || begins(name, TRUSTED));
    }

    private static boolean begins(byte[] name, byte[] prefix) {
        return name.length > prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }
}
