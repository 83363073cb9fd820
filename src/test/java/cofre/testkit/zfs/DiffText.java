package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.path.RawName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code zfs diff -FHt} says of two snapshots, found as the real one finds it: all objects of every dnode block that
 * was written, each compared by its ctime and by a path that is made from the parents objects remember. An object whose
 * remembered parent no longer holds it has no path, and is passed over in silence or taken for one that is not there.
 */
public final class DiffText {
    private static final String ON_DELETE_QUEUE = "(on_delete_queue)";

    /** What is known of one object on one side. */
    private static final class Side {
        private final ModelObject object;
        private final byte[] path;

        Side(ModelObject object, byte[] path) {
            this.object = object;
            this.path = path;
        }

        ModelObject object() {
            return object;
        }

        byte[] path() {
            return path;
        }

        boolean isThere() {
            return path != null;
        }

        long links() {
            return object == null ? 0 : object.links;
        }

        boolean isDir() {
            return object != null && object.isDir();
        }
    }

    private final ObjectsAt from;
    private final ObjectsAt to;
    private final String fromName;
    private final String toName;
    private final byte[] mountPoint;
    private final List<byte[]> lines = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private DiffText(ObjectsAt from, String fromName, ObjectsAt to, String toName, byte[] mountPoint) {
        this.from = from;
        this.fromName = fromName;
        this.to = to;
        this.toName = toName;
        this.mountPoint = mountPoint.clone();
    }

    /**
     * What is said.
     *
     * @param lines of standard output, each with its end
     * @param complaints lines of standard error
     * @param status exit status
     */
    public record Said(List<byte[]> lines, List<String> complaints, int status) {
        /** Standard output. */
        public byte[] out() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            lines.forEach(out::writeBytes);
            return out.toByteArray();
        }
    }

    /** The difference from one snapshot, made at {@code fromTxg}, to a later one of the same file system. */
    public static Said of(
            ModelSnapshot from, String fromName, long fromTxg, ModelSnapshot to, String toName, String mountPoint) {
        DiffText diff = new DiffText(
                from.objects(), fromName, to.objects(), toName, mountPoint.getBytes(StandardCharsets.ISO_8859_1));
        to.objects().blockBirths().forEach((block, birth) -> {
            if (birth > fromTxg) {
                diff.dnodeBlock(block);
            }
        });
        return new Said(diff.lines, diff.complaints, 0);
    }

    private void dnodeBlock(long block) {
        for (long number = to.firstOf(block); number < to.firstOf(block + 1); number++) {
            if (to.get(number) != null) {
                inUse(number);
            } else if (from.get(number) != null) {
                freed(number);
            }
        }
    }

    private void freed(long number) {
        Side was = side(from, fromName, number);
        if (was.isThere() && !isQueued(was)) {
            line('-', was.object(), was.path(), "");
        }
    }

    private void inUse(long number) {
        Side was = side(from, fromName, number);
        Side is = side(to, toName, number);
        if (!was.isThere() && !is.isThere()) {
            return;
        }
        boolean countsLinks = !was.isDir() && !is.isDir() && was.links() > 0 && is.links() > 0;
        long change = countsLinks ? is.links() - was.links() : 0;
        if (was.isThere() && is.isThere()) {
            both(was, is, change);
        } else if (change != 0) {
            Side known = was.isThere() ? was : is;
            line('M', known.object(), known.path(), links(change));
        } else if (is.isThere()) {
            line('+', is.object(), is.path(), "");
        } else {
            line('-', was.object(), was.path(), "");
        }
    }

    private void both(Side was, Side is, long change) {
        if (was.object().generation != is.object().generation) {
            line('-', was.object(), was.path(), "");
            line('+', is.object(), is.path(), "");
        } else if (was.object().ctime.equals(is.object().ctime)) {
            return;
        } else if (change != 0) {
            line('M', is.object(), change > 0 ? was.path() : is.path(), links(change));
        } else if (Arrays.equals(was.path(), is.path())) {
            line('M', is.object(), is.path(), "");
        } else {
            line('R', is.object(), was.path(), "\t" + escaped(is.path()));
        }
    }

    private static String links(long change) {
        return "\t(" + (change > 0 ? "+" : "") + change + ")";
    }

    private static boolean isQueued(Side side) {
        return side.path()[0] != '/';
    }

    private Side side(ObjectsAt at, String name, long number) {
        ModelObject object = at.get(number);
        if (object == null) {
            return new Side(null, null);
        }
        if (object.links == 0) {
            return new Side(object, ON_DELETE_QUEUE.getBytes(StandardCharsets.US_ASCII));
        }
        List<byte[]> components = new ArrayList<>();
        for (ModelObject here = object; here.parent != here.number; ) {
            ModelObject parent = at.get(here.parent);
            if (parent == null) {
                return new Side(object, null);
            }
            boolean hiddenDirectory = here.isAttribute && here.isDir();
            if (!hiddenDirectory && !parent.isDir()) {
                complaints.add("Unable to determine path or stats for object " + number + " in " + name
                        + ": Invalid argument");
                return new Side(object, null);
            }
            byte[] component = hiddenDirectory ? "<xattrdir>".getBytes(StandardCharsets.US_ASCII) : find(parent, here);
            if (component == null) {
                return new Side(object, null);
            }
            components.add(0, component);
            here = parent;
        }
        return new Side(object, joined(components));
    }

    private static byte[] find(ModelObject parent, ModelObject child) {
        for (Map.Entry<RawName, Long> entry : Directories.inSearchOrder(parent)) {
            if (entry.getValue() == child.number) {
                return entry.getKey().bytes();
            }
        }
        return null;
    }

    private static byte[] joined(List<byte[]> components) {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        components.forEach(component -> {
            path.write('/');
            path.writeBytes(component);
        });
        if (components.isEmpty()) {
            path.write('/');
        }
        return path.toByteArray();
    }

    private void line(char type, ModelObject shown, byte[] path, String rest) {
        Instant ctime = shown.ctime;
        String text = String.format(
                Locale.ROOT,
                "%10d.%09d\t%c\t%c\t%s%s\n",
                ctime.getEpochSecond(),
                ctime.getNano(),
                type,
                letter(shown.type),
                escaped(path),
                rest);
        lines.add(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The mount point with the path behind it; every byte that is not plain as four octal digits. */
    private String escaped(byte[] path) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : new byte[][] {mountPoint, path}) {
            for (byte b : part) {
                int c = b & 0xff;
                if (c > ' ' && c != '\\' && c < 0x7f) {
                    text.append((char) c);
                } else {
                    text.append(String.format(Locale.ROOT, "\\%04o", c));
                }
            }
        }
        return text.toString();
    }

    private static char letter(NodeType type) {
        return switch (type) {
            case BLOCK_DEVICE -> 'B';
            case CHAR_DEVICE -> 'C';
            case DIR -> '/';
            case FIFO -> '|';
            case SYMLINK -> '@';
            case SOCKET -> '=';
            case FILE -> 'F';
            case IRREGULAR -> '?';
        };
    }
}
