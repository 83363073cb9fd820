package cofre.format;

import cofre.path.RawName;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads one node after another. Fields may come in any order, unknown ones are passed over, {@code null} is as good as
 * absent, as in restic. A node is taken whole or not at all.
 */
final class NodeReader {
    /** What Go's zero time is: restic shows it for a time that is not there. */
    static final Instant NO_TIME = Instant.ofEpochSecond(-62_135_596_800L);

    private static final long MAX_UINT32 = 0xffff_ffffL;

    private final JsonInput in;
    private String lastUser = "";
    private String lastGroup = "";

    private final Set<NodeField> seen = EnumSet.noneOf(NodeField.class);
    private byte[] name;
    private String type;
    private long mode;
    private Instant mtime;
    private Instant atime;
    private Instant ctime;
    private long uid;
    private long gid;
    private String user;
    private String group;
    private long inode;
    private long deviceId;
    private long size;
    private long links;
    private byte[] target;
    private byte[] rawTarget;
    private List<Xattr> xattrs;
    private Map<String, JsonNode> generic;
    private long device;
    private List<BlobId> content;
    private Sha256 subtree;
    private String error;

    NodeReader(JsonInput in) {
        this.in = in;
    }

    /** The node whose object starts here. */
    Node read() throws FormatException {
        in.object();
        reset();
        while (in.nextField()) {
            Optional<NodeField> field = NodeField.of(in.field());
            if (field.isEmpty()) {
                in.skip();
            } else if (!seen.add(field.get())) {
                throw in.bad("the field comes twice", "once");
            } else if (!in.isNull()) {
                take(field.get());
            }
        }
        return build();
    }

    private void reset() {
        seen.clear();
        name = null;
        type = null;
        mode = 0;
        mtime = NO_TIME;
        atime = NO_TIME;
        ctime = NO_TIME;
        uid = 0;
        gid = 0;
        user = "";
        group = "";
        inode = 0;
        deviceId = 0;
        size = 0;
        links = 0;
        target = null;
        rawTarget = null;
        xattrs = List.of();
        generic = Map.of();
        device = 0;
        content = null;
        subtree = null;
        error = "";
    }

    private void take(NodeField field) throws FormatException {
        switch (field) {
            case NAME -> name = in.quotedName();
            case TYPE -> type = in.text();
            case MODE -> mode = in.unsigned(MAX_UINT32);
            case MTIME -> mtime = in.instant();
            case ATIME -> atime = in.instant();
            case CTIME -> ctime = in.instant();
            case UID -> uid = in.unsigned(MAX_UINT32);
            case GID -> gid = in.unsigned(MAX_UINT32);
            case USER -> user = lastUser = in.text(lastUser);
            case GROUP -> group = lastGroup = in.text(lastGroup);
            case INODE -> inode = in.unsigned();
            case DEVICE_ID -> deviceId = in.unsigned();
            case SIZE -> size = in.unsigned(Long.MAX_VALUE);
            case LINKS -> links = in.unsigned();
            case LINKTARGET -> target = in.utf8();
            case LINKTARGET_RAW -> rawTarget = in.base64();
            case EXTENDED_ATTRIBUTES -> xattrs = xattrs();
            case GENERIC_ATTRIBUTES -> generic = generic();
            case DEVICE -> device = in.unsigned();
            case CONTENT -> content = content();
            case SUBTREE -> subtree = in.id();
            case ERROR -> error = in.text();
        }
    }

    private List<BlobId> content() throws FormatException {
        in.array();
        List<BlobId> ids = new ArrayList<>(1);
        while (in.nextElement()) {
            ids.add(new BlobId(in.id()));
        }
        return ids;
    }

    private List<Xattr> xattrs() throws FormatException {
        in.array();
        List<Xattr> list = new ArrayList<>();
        while (in.nextElement()) {
            in.object();
            byte[] attribute = new byte[0];
            byte[] value = new byte[0];
            while (in.nextField()) {
                if (in.field().equals("name")) {
                    attribute = in.utf8();
                } else if (in.field().equals("value") && !in.isNull()) {
                    value = in.base64();
                } else {
                    in.skip();
                }
            }
            if (attribute.length == 0) {
                throw in.bad("an extended attribute without a name", "a name");
            }
            list.add(new Xattr(attribute, value));
        }
        return list;
    }

    private Map<String, JsonNode> generic() throws FormatException {
        in.object();
        Map<String, JsonNode> map = new TreeMap<>();
        while (in.nextField()) {
            String key = in.field();
            if (map.put(key, in.value()) != null) {
                throw in.bad("a key comes twice", "once");
            }
        }
        return map;
    }

    private Node build() throws FormatException {
        if (name == null || type == null) {
            throw in.bad("a node without " + (name == null ? "name" : "type"), "both");
        }
        RawName rawName;
        try {
            rawName = RawName.of(name);
        } catch (IllegalArgumentException e) {
            throw in.bad(e.getMessage(), "one component of a path");
        }
        Metadata metadata = new Metadata(
                GoMode.unixMode(mode),
                mtime,
                atime,
                ctime,
                uid,
                gid,
                user,
                group,
                inode,
                deviceId,
                links,
                xattrs,
                generic);
        return new Node(rawName, metadata, body(), error);
    }

    private Node.Body body() throws FormatException {
        NodeType found = NodeType.of(type).orElse(null);
        if (found == null) {
            throw in.bad("a node of another type", "file, dir, symlink, dev, chardev, fifo, socket or irregular");
        }
        return switch (found) {
            case FILE -> file();
            case DIR -> {
                if (subtree == null) {
                    throw in.bad("a directory without subtree", "a subtree");
                }
                yield new Node.DirBody(new BlobId(subtree));
            }
            case SYMLINK -> symlink();
            case BLOCK_DEVICE, CHAR_DEVICE -> new Node.DeviceBody(found, device);
            case FIFO, SOCKET, IRREGULAR -> new Node.SpecialBody(found);
        };
    }

    /** Old programs wrote {@code null} for an empty file; with a size it would be a file whose content is lost. */
    private Node.Body file() throws FormatException {
        if (content == null && size != 0) {
            throw in.bad("a file of " + size + " bytes without content", "a list of blobs");
        }
        return new Node.FileBody(size, content == null ? List.of() : content);
    }

    private Node.Body symlink() throws FormatException {
        byte[] bytes = rawTarget != null ? rawTarget : target != null ? target : new byte[0];
        for (byte b : bytes) {
            if (b == 0) {
                throw in.bad("a symlink target with NUL", "none");
            }
        }
        return new Node.SymlinkBody(bytes);
    }
}
