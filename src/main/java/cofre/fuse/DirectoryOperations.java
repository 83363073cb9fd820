package cofre.fuse;

import cofre.acl.Want;
import cofre.browse.BrowseException;
import cofre.browse.EntryKind;
import cofre.browse.Spot;
import cofre.browse.VersionTree.Listed;
import cofre.posix.Errno;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * OPENDIR, READDIR, READDIRPLUS, RELEASEDIR. An offset is the number of entries before it, the directory itself and its parent
 * among them; as a fixed directory is always listed in the same order, it stays right for ever.
 */
final class DirectoryOperations {
    /** {@code fh(64) open_flags padding}. */
    private static final int KEEP_CACHE = 1 << 1;

    private static final int CACHE_DIRECTORY = 1 << 3;
    /** {@code ino(64) off(64) namelen type}. */
    private static final int ENTRY_HEADER = 24;

    /** More than any kernel asks for at once. */
    static final int LARGEST = 128 * 1024;

    private static final int DOTS = 2;
    private static final byte[] SELF = ".".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ABOVE = "..".getBytes(StandardCharsets.US_ASCII);

    private final NodeTable nodes;
    private final Gate gate;
    private final NodeOperations entries;
    private final Listings listings;
    private final Handles<DirectoryHandle> handles;
    private final boolean cached;

    /** {@code cached}: the kernel may keep listings. */
    DirectoryOperations(
            NodeTable nodes,
            Gate gate,
            NodeOperations entries,
            Listings listings,
            Handles<DirectoryHandle> handles,
            boolean cached) {
        this.nodes = nodes;
        this.gate = gate;
        this.entries = entries;
        this.listings = listings;
        this.handles = handles;
        this.cached = cached;
    }

    void open(Request request, Answer answer) throws Refusal, BrowseException {
        Node node = nodes.get(request.node());
        if (node.spot.kind() != EntryKind.DIRECTORY) {
            throw new Refusal(Errno.ENOTDIR);
        }
        gate.require(request, node.spot, Want.READ);
        handles.reserve();
        long number = handles.put(new DirectoryHandle(node));
        answer.onLost(() -> release(number));
        answer.u64(number)
                .u32(cached && node.isFixed() ? KEEP_CACHE | CACHE_DIRECTORY : 0)
                .u32(0);
    }

    void release(Request request) throws Refusal {
        release(request.u64(0));
    }

    private void release(long number) {
        DirectoryHandle handle = handles.remove(number);
        if (handle != null) {
            listings.drop(handle);
        }
    }

    /** {@code plus}: with what LOOKUP would say of each entry. */
    void read(Request request, Answer answer, boolean plus) throws Refusal, BrowseException {
        DirectoryHandle handle = handles.get(request.u64(0));
        long offset = request.u64(8);
        int room = Math.min(request.u32(16), LARGEST);
        List<Listed> listing = listings.of(handle, offset == 0);
        for (long at = offset; at >= 0 && at < (long) listing.size() + DOTS; at++) {
            int before = answer.length();
            Listed listed = at < DOTS ? null : listing.get((int) at - DOTS);
            int length = lengthOf(at, listed, plus);
            if (listed != null && listed.name().length() > NodeOperations.LONGEST_NAME) {
                // The kernel would refuse the whole listing for one name it cannot hold.
                continue;
            }
            if (before + length > room) {
                break;
            }
            write(handle.node, at, listed, answer, plus);
        }
    }

    private static int lengthOf(long at, Listed listed, boolean plus) {
        int name = listed == null ? (int) at + 1 : listed.name().length();
        return (plus ? Shape.ENTRY_LENGTH : 0) + (ENTRY_HEADER + name + 7) / 8 * 8;
    }

    private void write(Node directory, long at, Listed listed, Answer answer, boolean plus) throws Refusal {
        byte[] name = listed == null ? (at == 0 ? SELF : ABOVE) : listed.name().bytes();
        Spot spot = listed == null ? dot(directory, at) : listed.spot();
        if (plus) {
            entry(directory, listed, answer);
        }
        answer.u64(spot.inode()).u64(at + 1).u32(name.length).u32(Shape.kind(spot.kind()));
        answer.raw(name).align();
    }

    private static Spot dot(Node directory, long at) {
        return at == 0 || directory.parent == null ? directory.spot : directory.parent.spot;
    }

    /** An entry of which nothing can be told now is listed all the same; the kernel will look it up when it is wanted. */
    private void entry(Node directory, Listed listed, Answer answer) throws Refusal {
        int before = answer.length();
        if (listed != null) {
            try {
                entries.tell(directory, listed.name(), listed.spot(), answer);
                return;
            } catch (BrowseException e) {
                answer.cutTo(before);
            }
        }
        for (int i = 0; i < Shape.ENTRY_LENGTH; i += Long.BYTES) {
            answer.u64(0);
        }
    }
}
