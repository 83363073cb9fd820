package cofre.fuse;

import cofre.acl.Want;
import cofre.browse.BrowseException;
import cofre.browse.EntryKind;
import cofre.browse.VersionTree;
import cofre.posix.Errno;

/** OPEN and RELEASE; READ is for {@link ReadPool}. */
final class FileOperations {
    private static final int ACCESS_MODE = 3;
    private static final int DIRECT_IO = 1;
    /** Content never changes: what the kernel has stays right when the file is opened again. */
    private static final int KEEP_CACHE = 1 << 1;

    private final VersionTree tree;
    private final NodeTable nodes;
    private final Gate gate;
    private final Handles<FileHandle> handles;
    private final int openFlags;

    FileOperations(VersionTree tree, NodeTable nodes, Gate gate, Handles<FileHandle> handles, boolean directIo) {
        this.tree = tree;
        this.nodes = nodes;
        this.gate = gate;
        this.handles = handles;
        openFlags = directIo ? DIRECT_IO | KEEP_CACHE : KEEP_CACHE;
    }

    void open(Request request, Answer answer) throws Refusal, BrowseException {
        int flags = request.u32(0);
        Node node = nodes.get(request.node());
        if (node.spot.kind() == EntryKind.DIRECTORY) {
            throw new Refusal(Errno.EISDIR);
        }
        if (node.spot.kind() != EntryKind.FILE) {
            throw new Refusal(Errno.EINVAL);
        }
        if ((flags & ACCESS_MODE) == 1 || (flags & ACCESS_MODE) == 2) {
            throw new Refusal(Errno.EROFS);
        }
        gate.require(request, node.spot, Want.READ);
        long number = open(node);
        answer.onLost(() -> release(number));
        answer.u64(number).u32(openFlags).u32(0);
    }

    private long open(Node node) throws Refusal, BrowseException {
        handles.reserve();
        boolean open = false;
        try {
            FileHandle handle = new FileHandle(tree.open(node.spot));
            open = true;
            return handles.put(handle);
        } finally {
            if (!open) {
                handles.giveBack();
            }
        }
    }

    void release(Request request) throws Refusal {
        release(request.u64(0));
    }

    private void release(long number) {
        FileHandle handle = handles.remove(number);
        if (handle != null) {
            handle.release();
        }
    }
}
