package cofre.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes one node as restic does: its fields in restic's order, those that are zero or empty left out. */
final class NodeJson {
    private static final byte[] NAME = ascii("{\"name\":");
    private static final byte[] TYPE = ascii(",\"type\":\"");
    private static final byte[] MODE = ascii("\",\"mode\":");
    private static final byte[] MTIME = ascii(",\"mtime\":");
    private static final byte[] ATIME = ascii(",\"atime\":");
    private static final byte[] CTIME = ascii(",\"ctime\":");
    private static final byte[] UID = ascii(",\"uid\":");
    private static final byte[] GID = ascii(",\"gid\":");
    private static final byte[] USER = ascii(",\"user\":");
    private static final byte[] GROUP = ascii(",\"group\":");
    private static final byte[] INODE = ascii(",\"inode\":");
    private static final byte[] DEVICE_ID = ascii(",\"device_id\":");
    private static final byte[] SIZE = ascii(",\"size\":");
    private static final byte[] LINKS = ascii(",\"links\":");
    private static final byte[] TARGET = ascii(",\"linktarget\":");
    private static final byte[] TARGET_RAW = ascii(",\"linktarget_raw\":");
    private static final byte[] DEVICE = ascii(",\"device\":");
    private static final byte[] CONTENT = ascii(",\"content\":");
    private static final byte[] NULL_CONTENT = ascii(",\"content\":null");
    private static final byte[] SUBTREE = ascii(",\"subtree\":");
    private static final byte[] ERROR = ascii(",\"error\":");

    private static final long ID_LENGTH = 2L * Sha256.LENGTH + 3; // with quotes and comma

    private final JsonBytes out;

    NodeJson(JsonBytes out) {
        this.out = out;
    }

    /** No node is written with fewer bytes: so much is known before any memory is spent. */
    static long leastLength(Node node) {
        long length = 0;
        for (Xattr xattr : node.metadata().xattrs()) {
            length += xattr.length() / 3 * 4L;
        }
        return node.body() instanceof Node.FileBody file
                ? length + file.content().size() * ID_LENGTH
                : length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void write(Node node) {
        Metadata metadata = node.metadata();
        out.raw(NAME);
        GoName.write(node.name(), out);
        out.raw(TYPE).raw(node.type().text());
        long mode = GoMode.of(node.type(), metadata.mode());
        if (mode != 0) {
            out.raw(MODE).unsigned(mode);
        } else {
            out.raw('"');
        }
        times(metadata);
        owner(metadata);
        number(INODE, metadata.inode());
        number(DEVICE_ID, metadata.deviceId());
        if (node.body() instanceof Node.FileBody file) {
            number(SIZE, file.size());
        }
        number(LINKS, metadata.links());
        if (node.body() instanceof Node.SymlinkBody link) {
            target(link.target());
        }
        attributes(metadata);
        content(node.body());
        text(ERROR, node.error());
        out.raw('}');
    }

    private void times(Metadata metadata) {
        out.raw(MTIME);
        Rfc3339.write(metadata.mtime(), out);
        out.raw(ATIME);
        Rfc3339.write(metadata.atime(), out);
        out.raw(CTIME);
        Rfc3339.write(metadata.ctime(), out);
    }

    private void owner(Metadata metadata) {
        out.raw(UID).unsigned(metadata.uid());
        out.raw(GID).unsigned(metadata.gid());
        text(USER, metadata.user());
        text(GROUP, metadata.group());
    }

    private void target(byte[] target) {
        if (target.length > 0) {
            out.raw(TARGET).string(target);
            if (!Utf8.isValid(target)) {
                out.raw(TARGET_RAW).base64(target);
            }
        }
    }

    private void attributes(Metadata metadata) {
        if (!metadata.xattrs().isEmpty()) {
            xattrs(metadata.xattrs());
        }
        if (!metadata.generic().isEmpty()) {
            char before = '{';
            out.raw(",\"generic_attributes\":");
            for (Map.Entry<String, JsonNode> entry : metadata.generic().entrySet()) {
                out.raw(before).string(entry.getKey()).raw(':');
                JsonValue.write(entry.getValue(), out);
                before = ',';
            }
            out.raw('}');
        }
    }

    private void xattrs(List<Xattr> xattrs) {
        char before = '[';
        out.raw(",\"extended_attributes\":");
        for (Xattr xattr : xattrs) {
            out.raw(before).raw("{\"name\":").string(xattr.name());
            out.raw(",\"value\":").base64(xattr.value()).raw('}');
            before = ',';
        }
        out.raw(']');
    }

    /** Only a file has content: an empty one has an empty list, and everything else {@code null}. */
    private void content(Node.Body body) {
        if (body instanceof Node.FileBody file) {
            out.raw(CONTENT).raw('[');
            for (int i = 0; i < file.content().size(); i++) {
                if (i > 0) {
                    out.raw(',');
                }
                out.id(file.content().get(i).hash());
            }
            out.raw(']');
            return;
        }
        if (body instanceof Node.DeviceBody device) {
            number(DEVICE, device.device());
        }
        out.raw(NULL_CONTENT);
        if (body instanceof Node.DirBody dir) {
            out.raw(SUBTREE).id(dir.subtree().hash());
        }
    }

    private void number(byte[] label, long value) {
        if (value != 0) {
            out.raw(label).unsigned(value);
        }
    }

    private void text(byte[] label, String value) {
        if (!value.isEmpty()) {
            out.raw(label).string(value);
        }
    }
}
