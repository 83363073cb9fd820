package cofre.testkit;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.repository.BlobReader;
import cofre.repository.RepositoryException;
import cofre.storage.BackendException;
import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a restore point holds, and what it should hold, in a form that can be compared: a line for each path. Reads
 * every byte of it.
 */
public final class PointContents {
    private PointContents() {}

    /** What can be restored of a restore point: absolute paths with their content. */
    public static SortedMap<String, String> of(BlobReader reader, Snapshot point)
            throws BackendException, RepositoryException {
        SortedMap<String, String> lines = new TreeMap<>();
        add(reader, point.tree(), "", lines);
        return lines;
    }

    private static void add(BlobReader reader, BlobId tree, String above, SortedMap<String, String> lines)
            throws BackendException, RepositoryException {
        for (Node node : reader.tree(tree).nodes()) {
            String path = above + "/" + node.name();
            if (node.body() instanceof Node.DirBody dir) {
                lines.put(path, "dir");
                add(reader, dir.subtree(), path, lines);
            } else if (node.body() instanceof Node.FileBody file) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (BlobId id : file.content()) {
                    content.writeBytes(reader.read(BlobHandle.data(id)));
                }
                lines.put(path, file(content.toByteArray()));
            } else {
                lines.put(path, node.type().text());
            }
        }
    }

    private static String file(byte[] content) {
        return content.length + " bytes, sha256 " + Sha256.hash(content).hex();
    }

    /** What a restore point of this tree, shared at {@code path}, should hold. */
    public static SortedMap<String, String> of(MemoryNode root, String path) {
        SortedMap<String, String> lines = new TreeMap<>();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            lines.put(path.substring(0, slash), "dir");
        }
        add(root, path, lines);
        return lines;
    }

    private static void add(MemoryNode node, String path, SortedMap<String, String> lines) {
        if (node.type() == NodeType.DIR) {
            lines.put(path, "dir");
            node.children().forEach((name, child) -> add(child, path + "/" + name, lines));
        } else if (node.type() == NodeType.FILE) {
            lines.put(path, file(node.content()));
        } else if (node.type() != NodeType.SOCKET) {
            lines.put(path, node.type().text());
        }
    }
}
