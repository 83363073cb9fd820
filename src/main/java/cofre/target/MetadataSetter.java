package cofre.target;

import cofre.format.Metadata;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.Fd;
import cofre.posix.FileTimes;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.XattrName;
import cofre.posix.XattrNaming;
import cofre.restore.Lack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sets metadata in the one order that works: attributes (some need the file to be ours), owner (which clears set-user-id),
 * mode, times (which everything before changes). What cannot be set is told, never fatal. Thread-safe.
 */
final class MetadataSetter {
    private static final int SET_ID = 06000;

    /** What a new file gets from its directory, and a point's file did not have. Labels of the system are its own. */
    private static final List<byte[]> INHERITED =
            List.of(ascii("user."), ascii("system.posix_acl_access"), ascii("system.posix_acl_default"));

    private final Posix posix;

    MetadataSetter(Posix posix) {
        this.posix = posix;
    }

    /** One of the steps. */
    @FunctionalInterface
    private interface Step {
        void run() throws PosixException;
    }

    /** Sets all of an open file or directory. */
    List<Lack> set(Fd file, RawPath path, Metadata metadata) {
        List<Lack> lacks = new ArrayList<>(0);
        attributes(file, path, metadata.xattrs(), lacks);
        boolean ours =
                attempt(Lack.Kind.OWNER, path, lacks, () -> posix.nodes().chown(file, metadata.uid(), metadata.gid()));
        int mode = mode(metadata, ours, path, lacks);
        attempt(Lack.Kind.MODE, path, lacks, () -> posix.nodes().chmod(file, mode));
        attempt(Lack.Kind.TIMES, path, lacks, () -> posix.nodes().setTimes(file, times(metadata)));
        return lacks;
    }

    /** Sets all of an entry that is not opened: a link, device or fifo. */
    List<Lack> setAt(Fd dir, RawName name, NodeType type, RawPath path, Metadata metadata) {
        List<Lack> lacks = new ArrayList<>(0);
        for (Xattr attribute : metadata.xattrs()) {
            attempt(
                    Lack.Kind.ATTRIBUTES,
                    path,
                    lacks,
                    () -> posix.xattrs().setAt(dir, name, nameOf(attribute), attribute.value()));
        }
        boolean ours = attempt(
                Lack.Kind.OWNER, path, lacks, () -> posix.nodes().chownAt(dir, name, metadata.uid(), metadata.gid()));
        if (type != NodeType.SYMLINK) {
            int mode = mode(metadata, ours, path, lacks);
            attempt(Lack.Kind.MODE, path, lacks, () -> posix.nodes().chmodAt(dir, name, mode));
        }
        attempt(Lack.Kind.TIMES, path, lacks, () -> posix.nodes().setTimesAt(dir, name, times(metadata)));
        return lacks;
    }

    /** A set-user-id file of somebody must not become one of ours. */
    private static int mode(Metadata metadata, boolean ours, RawPath path, List<Lack> lacks) {
        if (ours || (metadata.mode() & SET_ID) == 0) {
            return metadata.mode();
        }
        lacks.add(new Lack(
                Lack.Kind.MODE,
                "cannot make \"" + path + "\" set-user-id or set-group-id: its owner is another now vs "
                        + metadata.uid() + ":" + metadata.gid() + "; it is neither"));
        return metadata.mode() & ~SET_ID;
    }

    private void attributes(Fd file, RawPath path, List<Xattr> wanted, List<Lack> lacks) {
        attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> removeOthers(file, wanted));
        for (Xattr attribute : wanted) {
            attempt(
                    Lack.Kind.ATTRIBUTES,
                    path,
                    lacks,
                    () -> posix.xattrs().set(file, nameOf(attribute), attribute.value()));
        }
    }

    private void removeOthers(Fd file, List<Xattr> wanted) throws PosixException {
        List<XattrName> present = posix.xattrs().list(file);
        if (present.isEmpty()) {
            return;
        }
        Set<XattrName> kept = new HashSet<>();
        for (Xattr attribute : wanted) {
            kept.add(nameOf(attribute));
        }
        for (XattrName name : present) {
            if (!kept.contains(name) && isInherited(name)) {
                posix.xattrs().remove(file, name);
            }
        }
    }

    private static boolean isInherited(XattrName name) {
        byte[] bytes = name.bytes();
        return INHERITED.stream()
                .anyMatch(start ->
                        bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length));
    }

    /** Whether an open file has an attribute with that value. */
    boolean has(Fd file, Xattr attribute) throws PosixException {
        try {
            return posix.xattrs()
                    .get(file, nameOf(attribute))
                    .filter(value -> Arrays.equals(value, attribute.value()))
                    .isPresent();
        } catch (IllegalArgumentException e) { // no attribute can have that name
            return false;
        }
    }

    private static XattrName nameOf(Xattr attribute) {
        return XattrNaming.fromRepository(attribute.name());
    }

    private static FileTimes times(Metadata metadata) {
        Instant atime = metadata.atime();
        Instant mtime = metadata.mtime();
        return new FileTimes(atime.getEpochSecond(), atime.getNano(), mtime.getEpochSecond(), mtime.getNano());
    }

    /** Whether it went well. */
    private static boolean attempt(Lack.Kind kind, RawPath path, List<Lack> lacks, Step step) {
        try {
            step.run();
            return true;
        } catch (PosixException e) {
            String hint = e.errno() == Errno.EPERM ? "; only root may do that" : "";
            lacks.add(new Lack(kind, complaint(kind, path, Faults.text(e)) + hint));
        } catch (IllegalArgumentException e) { // a name or time that this system cannot have
            lacks.add(new Lack(kind, complaint(kind, path, e.getMessage())));
        }
        return false;
    }

    private static String complaint(Lack.Kind kind, RawPath path, String why) {
        String what = switch (kind) {
            case OWNER -> "owner";
            case MODE -> "mode";
            case TIMES -> "times";
            case ATTRIBUTES -> "attributes";
        };
        return "cannot set " + what + " of \"" + path + "\": " + why + "; the entry itself was restored";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
