package cofre.backup;

import cofre.format.FormatException;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.TreeEncoder;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.source.SourceDir;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A directory being put together: its entries come from several threads in any order, and whoever brings the last one
 * {@linkplain #done finds out}. The directory stays open until then.
 */
final class DirWork {
    private final DirWork above;
    private final long number;
    private final int placeAbove;
    private final RawName name;
    private final RawPath path;
    private final SourceDir dir;
    private final Metadata metadata;
    private final Optional<Node> parentNode;
    private final AtomicReferenceArray<Node> nodes;
    private final AtomicInteger awaited;

    /**
     * A directory.
     *
     * @param above the directory it is an entry of, null for the share's root
     * @param placeAbove its place among that one's entries
     * @param number what the next run knows it by
     * @param name its name there; for the root any
     * @param parentNode what it was in the parent restore point
     * @param entries how many entries it has; the walk itself counts as one more until it is {@link #done}
     */
    DirWork(
            DirWork above,
            int placeAbove,
            long number,
            RawName name,
            RawPath path,
            SourceDir dir,
            Metadata metadata,
            Optional<Node> parentNode,
            int entries) {
        this.above = above;
        this.placeAbove = placeAbove;
        this.number = number;
        this.name = name;
        this.path = path;
        this.dir = dir;
        this.metadata = metadata;
        this.parentNode = parentNode;
        this.nodes = new AtomicReferenceArray<>(entries);
        this.awaited = new AtomicInteger(entries + 1);
    }

    /** The entry at this place is this node, or left out when null. True when it was the last one awaited. */
    boolean put(int place, Node node) {
        nodes.set(place, node);
        return done();
    }

    /** One thing less to wait for. True when it was the last one. */
    boolean done() {
        return awaited.decrementAndGet() == 0;
    }

    /**
     * The finished directory as a tree blob: entries in their order, those left out left out.
     *
     * @throws FormatException when it has more entries than a tree may hold
     */
    byte[] encode() throws FormatException {
        TreeEncoder encoder = new TreeEncoder();
        for (int i = 0; i < nodes.length(); i++) {
            Node node = nodes.get(i);
            if (node != null) {
                encoder.add(node);
            }
        }
        return encoder.finish();
    }

    DirWork above() {
        return above;
    }

    int placeAbove() {
        return placeAbove;
    }

    long number() {
        return number;
    }

    RawName name() {
        return name;
    }

    RawPath path() {
        return path;
    }

    SourceDir dir() {
        return dir;
    }

    Metadata metadata() {
        return metadata;
    }

    Optional<Node> parentNode() {
        return parentNode;
    }
}
