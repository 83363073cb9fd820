package cofre.restore;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;

/** What is done with an entry of the point where the target has something under its name already. */
enum Decision {
    /** It is made, replacing what is there. */
    WRITE,
    /** Its content is there: only its metadata is set. */
    ADJUST,
    /** Its content may be there: it is compared first. */
    COMPARE,
    /** What is there stays. */
    KEEP;

    /** For anything but a directory; {@code there} may be of any type. */
    static Decision of(Node node, TargetEntry there, RestoreRequest request) {
        if (request.overwrite() == Overwrite.NEVER) {
            return KEEP;
        }
        if (request.overwrite() == Overwrite.ALWAYS || !looksUnchanged(node, there)) {
            return WRITE;
        }
        return request.verify() ? COMPARE : ADJUST;
    }

    /**
     * A file with further names is trusted only when nothing would have to be changed in it: the other name may lie
     * outside the target, put there by somebody who wants that file changed.
     */
    private static boolean looksUnchanged(Node node, TargetEntry there) {
        return node.body() instanceof Node.FileBody file
                && there.type() == NodeType.FILE
                && there.size() == file.size()
                && there.mtime().equals(node.metadata().mtime())
                && (there.links() == 1 || hasRights(node.metadata(), there));
    }

    private static boolean hasRights(Metadata metadata, TargetEntry there) {
        return there.mode() == metadata.mode() && there.uid() == metadata.uid() && there.gid() == metadata.gid();
    }
}
