package cofre.zfs;

import cofre.path.Display;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.source.ChangeListener;
import cofre.zfs.DiffReader.GarbledDiff;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One line of {@code zfs diff -FHt}: time, type, class and path with tabs between them, then a second path for what was
 * renamed, or by how much the number of links changed. For one thread.
 */
final class DiffLine {
    private static final Pattern TIME = Pattern.compile(" *-?\\d{1,19}\\.\\d{9}");
    private static final Pattern LINKS = Pattern.compile("\\([+-]\\d{1,10}\\)");
    private static final String TYPES = "+-MR";
    private static final String CLASSES = "BC/>|@P=F?";
    private static final int PATH = 3;

    /** Printed right behind the mount point for what was unlinked and is still open: it is at no path. */
    private static final byte[] ON_DELETE_QUEUE = "(on_delete_queue)".getBytes(StandardCharsets.US_ASCII);

    /** Stands for the hidden directory of a file's attributes; a directory may really be called that. */
    private static final RawName ATTRIBUTES = RawName.ofText("<xattrdir>");

    private final byte[] mountPoint;
    private final ChangeListener listener;

    DiffLine(byte[] mountPoint, ChangeListener listener) {
        this.mountPoint = mountPoint.clone();
        this.listener = listener;
    }

    /** Tells the paths in {@code buffer[from, to)}. */
    void tell(byte[] buffer, int from, int to, long number) throws GarbledDiff {
        String text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
        String[] fields = text.split("\t", -1);
        if (fields.length <= PATH || !isWellFormed(fields)) {
            throw garbled(number, text);
        }
        try {
            path(fields[PATH]);
            if (isRename(fields)) {
                path(fields[PATH + 1]);
            }
        } catch (IllegalArgumentException e) {
            throw garbled(number, text);
        }
    }

    private static boolean isWellFormed(String[] fields) {
        boolean head = TIME.matcher(fields[0]).matches() && isOneOf(TYPES, fields[1]) && isOneOf(CLASSES, fields[2]);
        if (isRename(fields)) {
            return head && fields.length == PATH + 2;
        }
        boolean links = fields.length == PATH + 2
                && fields[1].equals("M")
                && LINKS.matcher(fields[PATH + 1]).matches();
        return head && (fields.length == PATH + 1 || links);
    }

    private static boolean isRename(String[] fields) {
        return fields[1].equals("R");
    }

    private static boolean isOneOf(String allowed, String field) {
        return field.length() == 1 && allowed.contains(field);
    }

    private void path(String field) {
        byte[] bytes = unescaped(field);
        int prefix = mountPoint.length;
        if (bytes.length < prefix || !Arrays.equals(bytes, 0, prefix, mountPoint, 0, prefix)) {
            throw new IllegalArgumentException("not below the mount point");
        }
        if (Arrays.equals(bytes, prefix, bytes.length, ON_DELETE_QUEUE, 0, ON_DELETE_QUEUE.length)) {
            return;
        }
        if (bytes.length == prefix || bytes[prefix] != '/') {
            throw new IllegalArgumentException("not below the mount point");
        }
        RawPath path = RawPath.of(bytes);
        int attributes = path.names().indexOf(ATTRIBUTES);
        if (attributes > 0) {
            listener.path(new RawPath(path.names().subList(0, attributes)));
        }
        listener.path(path);
    }

    /** ZFS writes a byte that is no printable ASCII, a space or a backslash as backslash, 0 and three octal digits. */
    private static byte[] unescaped(String field) {
        byte[] bytes = new byte[field.length()];
        int length = 0;
        for (int at = 0; at < field.length(); at++) {
            int value = field.charAt(at);
            boolean escaped = value == '\\';
            if (escaped) {
                value = octal(field, at + 1);
                at += 4;
            }
            if (value == 0 || value > 255 || escaped == isLiteral(value)) {
                throw new IllegalArgumentException("no byte as zfs writes it");
            }
            bytes[length++] = (byte) value;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static boolean isLiteral(int value) {
        return value > ' ' && value < 0x7f && value != '\\';
    }

    private static int octal(String field, int from) {
        if (from + 4 > field.length()) {
            throw new IllegalArgumentException("an escape that is cut");
        }
        int value = 0;
        for (int at = from; at < from + 4; at++) {
            int digit = field.charAt(at) - '0';
            if (digit < 0 || digit > 7) {
                throw new IllegalArgumentException("an escape with a digit that is not octal");
            }
            value = value * 8 + digit;
        }
        return value;
    }

    private static GarbledDiff garbled(long number, String latin1) {
        String cut = latin1.length() <= 200 ? latin1 : latin1.substring(0, 200) + "...";
        return new GarbledDiff(
                number, "no line of zfs diff: " + Display.quoted(cut.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
