package cofre.fuse;

import cofre.acl.Want;
import cofre.browse.BrowseException;
import cofre.browse.EntryKind;
import cofre.browse.Spot;
import cofre.browse.VersionTree;
import cofre.path.RawName;
import cofre.posix.Errno;
import java.util.Optional;

/** Requests about one node: LOOKUP, FORGET, GETATTR, READLINK, ACCESS, STATFS. */
final class NodeOperations {
    /** NAME_MAX of both systems. */
    static final int LONGEST_NAME = 255;

    /** The kernel takes no target longer than a page less its NUL. */
    private static final int LONGEST_TARGET = 4095;

    private static final int MAY_EXECUTE = 1;
    private static final int MAY_WRITE = 2;
    private static final int MAY_READ = 4;
    private static final int STATFS_BLOCK = 4096;

    private final VersionTree tree;
    private final NodeTable nodes;
    private final Gate gate;
    private final Validity validity;
    private final Shape shape;

    NodeOperations(VersionTree tree, NodeTable nodes, Gate gate, Validity validity, Shape shape) {
        this.tree = tree;
        this.nodes = nodes;
        this.gate = gate;
        this.validity = validity;
        this.shape = shape;
    }

    void lookup(Request request, Answer answer) throws Refusal, BrowseException {
        byte[] bytes = request.name(0);
        Node directory = nodes.get(request.node());
        if (directory.spot.kind() != EntryKind.DIRECTORY) {
            throw new Refusal(Errno.ENOTDIR);
        }
        gate.require(request, directory.spot, Want.SEARCH);
        if (bytes.length > LONGEST_NAME) {
            throw new Refusal(Errno.ENAMETOOLONG);
        }
        if (!RawName.isValid(bytes)) {
            throw new Refusal(Errno.EINVAL);
        }
        RawName name = RawName.of(bytes);
        Optional<Spot> spot = tree.find(directory.spot, name);
        if (spot.isEmpty()) {
            absent(directory, answer);
            return;
        }
        tell(directory, name, spot.get(), answer);
    }

    private void absent(Node directory, Answer answer) throws Refusal {
        long seconds = validity.absence(directory);
        if (seconds == 0) {
            throw new Refusal(Errno.ENOENT);
        }
        shape.noEntry(answer, seconds);
    }

    /** Writes an entry, and lets the kernel remember it when the answer arrives. */
    void tell(Node directory, RawName name, Spot spot, Answer answer) throws Refusal, BrowseException {
        var attributes = tree.attributes(spot);
        Node node = nodes.tell(directory, name, spot);
        answer.onLost(() -> nodes.forget(node.id, 1));
        shape.entry(answer, directory, node, attributes);
    }

    void forget(Request request) throws Refusal {
        nodes.forget(request.node(), request.u64(0));
    }

    /** {@code u32 count, u32 padding, {u64 node, u64 times}...}. */
    void forgetMany(Request request) throws Refusal {
        int there = (request.bodyLength() - 8) / 16;
        long count = Math.min(Integer.toUnsignedLong(request.u32(0)), there);
        for (int i = 0; i < count; i++) {
            nodes.forget(request.u64(8 + 16 * i), request.u64(16 + 16 * i));
        }
    }

    void attributes(Request request, Answer answer) throws Refusal, BrowseException {
        Node node = nodes.get(request.node());
        gate.require(request, node.spot, Want.ATTRIBUTES);
        shape.attributes(answer, node, tree.attributes(node.spot));
    }

    void linkTarget(Request request, Answer answer) throws Refusal, BrowseException {
        Node node = nodes.get(request.node());
        if (node.spot.kind() != EntryKind.SYMLINK) {
            throw new Refusal(Errno.EINVAL);
        }
        gate.require(request, node.spot, Want.ATTRIBUTES);
        byte[] target = tree.linkTarget(node.spot);
        if (target.length > LONGEST_TARGET) {
            throw new Refusal(Errno.ENAMETOOLONG);
        }
        answer.raw(target);
    }

    void access(Request request) throws Refusal, BrowseException {
        int mask = request.u32(0);
        Node node = nodes.get(request.node());
        if ((mask & MAY_WRITE) != 0) {
            throw new Refusal(Errno.EROFS);
        }
        if ((mask & MAY_READ) != 0) {
            gate.require(request, node.spot, Want.READ);
        }
        if ((mask & MAY_EXECUTE) != 0) {
            gate.require(request, node.spot, Want.SEARCH);
        }
    }

    /** {@code struct fuse_kstatfs}: nothing is free. */
    void statfs(Answer answer) throws Refusal {
        VersionTree.Totals totals = tree.totals();
        answer.u64((totals.bytes() + STATFS_BLOCK - 1) / STATFS_BLOCK).u64(0).u64(0);
        answer.u64(totals.entries()).u64(0);
        answer.u32(STATFS_BLOCK).u32(LONGEST_NAME).u32(STATFS_BLOCK);
        for (int i = 0; i < 7; i++) {
            answer.u32(0);
        }
    }
}
