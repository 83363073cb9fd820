package cofre.target;

import cofre.format.Metadata;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
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
 * mode, on FreeBSD the NFSv4 ACL (which a change of mode would rewrite), times (which everything before changes), file flags
 * (which may forbid any change). The time a file was made is kept in restore points but not put back: Linux cannot set it, and
 * FreeBSD only by a modification time that lies before it. What cannot be set is told, never fatal. Thread-safe.
 */
final class MetadataSetter {
    private static final int SET_ID = 06000;

    /** What a new file gets from its directory, and a point's file did not have. Labels of the system are its own. */
    private static final List<byte[]> INHERITED =
            List.of(ascii("user."), ascii("system.posix_acl_access"), ascii("system.posix_acl_default"));

    private final Posix posix;
    private final RightsSetter rights;
    private final FlagKeeper flags;

    MetadataSetter(Posix posix) {
        this.posix = posix;
        this.rights = new RightsSetter(posix.nodes(), posix.nfs4Acls());
        this.flags = new FlagKeeper(posix.directories(), posix.flags());
    }

    /** File flags, for who replaces or removes something. */
    FlagKeeper flags() {
        return flags;
    }

    /** Sets all of an open file or directory. */
    List<Lack> set(Fd file, RawPath path, Metadata metadata) {
        List<Lack> lacks = new ArrayList<>(0);
        Steps.attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> flags.free(file));
        Steps.attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> removeOthers(file, metadata.xattrs()));
        int wanted = attributes(
                path, metadata, lacks, (name, value) -> posix.xattrs().set(file, name, value));
        boolean ours = Steps.attempt(
                Lack.Kind.OWNER, path, lacks, () -> posix.nodes().chown(file, metadata.uid(), metadata.gid()));
        rights.set(file, path, metadata, mode(wanted, metadata, ours, path, lacks), lacks);
        Steps.attempt(Lack.Kind.TIMES, path, lacks, () -> posix.nodes().setTimes(file, times(metadata)));
        flags.set(file, path, metadata, lacks);
        return lacks;
    }

    /** Sets all of an entry that is not opened: a link, device or fifo. */
    List<Lack> setAt(Fd dir, RawName name, NodeType type, RawPath path, Metadata metadata) {
        List<Lack> lacks = new ArrayList<>(0);
        int wanted = attributes(
                path, metadata, lacks, (attribute, value) -> posix.xattrs().setAt(dir, name, attribute, value));
        boolean ours = Steps.attempt(
                Lack.Kind.OWNER, path, lacks, () -> posix.nodes().chownAt(dir, name, metadata.uid(), metadata.gid()));
        if (type != NodeType.SYMLINK) {
            int mode = rights.modeAlone(path, metadata, mode(wanted, metadata, ours, path, lacks), lacks);
            Steps.attempt(Lack.Kind.MODE, path, lacks, () -> posix.nodes().chmodAt(dir, name, mode));
        }
        Steps.attempt(Lack.Kind.TIMES, path, lacks, () -> posix.nodes().setTimesAt(dir, name, times(metadata)));
        flags.setAt(dir, name, path, metadata, lacks);
        return lacks;
    }

    /** Sets one attribute. */
    @FunctionalInterface
    private interface Putter {
        void put(XattrName name, byte[] value) throws PosixException;
    }

    /** Sets extended attributes; gives the mode that is to be set with those that could be. */
    private static int attributes(RawPath path, Metadata metadata, List<Lack> lacks, Putter putter) {
        int mode = metadata.mode();
        for (Xattr attribute : metadata.xattrs()) {
            boolean set = Steps.attempt(
                    Lack.Kind.ATTRIBUTES, path, lacks, () -> putter.put(nameOf(attribute), attribute.value()));
            if (!set && RightsSetter.isPosixAcl(attribute)) {
                mode = RightsSetter.modeWithout(attribute, mode);
            }
        }
        return mode;
    }

    /** A set-user-id file of somebody must not become one of ours. */
    private static int mode(int wanted, Metadata metadata, boolean ours, RawPath path, List<Lack> lacks) {
        if (ours || (wanted & SET_ID) == 0) {
            return wanted;
        }
        lacks.add(new Lack(
                Lack.Kind.MODE,
                "cannot make \"" + path + "\" set-user-id or set-group-id: its owner is another now vs "
                        + metadata.uid() + ":" + metadata.gid() + "; it is neither"));
        return wanted & ~SET_ID;
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
