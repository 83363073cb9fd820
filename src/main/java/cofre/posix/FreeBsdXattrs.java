package cofre.posix;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@link Xattrs} of FreeBSD: extattr(2) by descriptor only. The kernel keeps two namespaces beside the name; they are
 * shown as {@code user.NAME} and {@code system.NAME}. The path calls would follow links on the way, so a name below a
 * directory is held by O_PATH with O_NOFOLLOW and asked by descriptor; a kernel that refuses that (EBADF) gives no
 * attributes of links and special files, which on ZFS carry none of the user's.
 */
final class FreeBsdXattrs implements Xattrs {
    private static final int USER = 1;
    private static final int SYSTEM = 2;
    static final String USER_PREFIX = "user.";
    static final String SYSTEM_PREFIX = "system.";

    /** More than any attribute Samba writes; ZFS itself would allow a file's size. */
    private static final int MAX_VALUE = 16 << 20;

    private final Calls calls;
    private final LibC.FreeBsd freeBsd;
    private final FileIo files;

    FreeBsdXattrs(Calls calls, LibC.FreeBsd freeBsd, FileIo files) {
        this.calls = calls;
        this.freeBsd = freeBsd;
        this.files = files;
    }

    @Override
    public List<XattrName> list(Fd file) throws PosixException {
        List<XattrName> names = new ArrayList<>(list(file, USER, USER_PREFIX));
        try {
            names.addAll(list(file, SYSTEM, SYSTEM_PREFIX));
        } catch (PosixException e) {
            // Only root may see the system namespace.
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
        }
        Collections.sort(names);
        return names;
    }

    private List<XattrName> list(Fd file, int namespace, String prefix) throws PosixException {
        try {
            byte[] list = whole(
                    file, "extattr_list_fd", (n, at, length) -> freeBsd.extattr_list_fd(n, namespace, at, length));
            return split(list, prefix);
        } catch (PosixException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw e;
        }
    }

    /** Names one behind the other, each behind a byte that tells its length. */
    static List<XattrName> split(byte[] list, String prefix) throws PosixException {
        List<XattrName> names = new ArrayList<>();
        int at = 0;
        while (at < list.length) {
            int end = at + 1 + (list[at] & 0xff);
            if (end > list.length || end == at + 1) {
                throw new PosixException(
                        Errno.EIO,
                        "list",
                        "attributes",
                        "name of " + (end - at - 1) + " bytes vs " + (list.length - at - 1) + " left");
            }
            byte[] name = Arrays.copyOfRange(list, at + 1, end);
            names.add(prefixed(prefix, name));
            at = end;
        }
        return names;
    }

    private static XattrName prefixed(String prefix, byte[] name) {
        byte[] whole = Arrays.copyOf(
                prefix.getBytes(java.nio.charset.StandardCharsets.US_ASCII), prefix.length() + name.length);
        System.arraycopy(name, 0, whole, prefix.length(), name.length);
        return XattrName.of(whole);
    }

    /** One of the two calls that give a length for address 0 and else fill the buffer, cutting silently. */
    @FunctionalInterface
    private interface Fill {
        long into(int fd, long address, long length);
    }

    /** Asks for the length first because a short buffer is no error; again when it grew in between. */
    private byte[] whole(Fd file, String call, Fill fill) throws PosixException {
        while (true) {
            long length = calls.on(file, call, n -> fill.into(n, 0, 0));
            if (length > MAX_VALUE) {
                throw new PosixException(Errno.E2BIG, call, file.toString(), length + " bytes vs at most " + MAX_VALUE);
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) length + 1);
            long address = calls.addressOf(buffer);
            int got = (int) calls.on(file, call, n -> fill.into(n, address, length + 1));
            if (got <= length) {
                byte[] bytes = new byte[got];
                buffer.get(0, bytes);
                return bytes;
            }
        }
    }

    @Override
    public Optional<byte[]> get(Fd file, XattrName attribute) throws PosixException {
        int namespace = namespace(attribute);
        long key = key(attribute);
        try {
            return Optional.of(whole(
                    file, "extattr_get_fd", (n, at, length) -> freeBsd.extattr_get_fd(n, namespace, key, at, length)));
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOATTR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void set(Fd file, XattrName attribute, byte[] value) throws PosixException {
        int namespace = namespace(attribute);
        long key = key(attribute);
        ByteBuffer buffer = ByteBuffer.allocateDirect(value.length + 1).put(value);
        long address = calls.addressOf(buffer);
        calls.on(file, "extattr_set_fd", n -> freeBsd.extattr_set_fd(n, namespace, key, address, value.length));
    }

    @Override
    public void remove(Fd file, XattrName attribute) throws PosixException {
        int namespace = namespace(attribute);
        long key = key(attribute);
        try {
            calls.on(file, "extattr_delete_fd", n -> freeBsd.extattr_delete_fd(n, namespace, key));
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOATTR) {
                throw e;
            }
        }
    }

    @Override
    public List<XattrName> listAt(Fd dir, RawName name) throws PosixException {
        try (Fd place = place(dir, name)) {
            return list(place);
        } catch (PosixException e) {
            if (e.errno() == Errno.EBADF) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public Optional<byte[]> getAt(Fd dir, RawName name, XattrName attribute) throws PosixException {
        try (Fd place = place(dir, name)) {
            return get(place, attribute);
        }
    }

    @Override
    public void setAt(Fd dir, RawName name, XattrName attribute, byte[] value) throws PosixException {
        try (Fd place = place(dir, name)) {
            set(place, attribute, value);
        }
    }

    private Fd place(Fd dir, RawName name) throws PosixException {
        return files.openAt(dir, name, OpenFlags.READ.pathOnly().noFollow());
    }

    static int namespace(XattrName attribute) throws PosixException {
        if (attribute.startsWith(USER_PREFIX)) {
            return USER;
        }
        if (attribute.startsWith(SYSTEM_PREFIX)) {
            return SYSTEM;
        }
        throw new PosixException(
                Errno.EOPNOTSUPP, "use attribute", attribute.toString(), "its namespace is neither user nor system");
    }

    /** The name as the kernel knows it: without the namespace. */
    private long key(XattrName attribute) throws PosixException {
        byte[] bytes = attribute.bytes();
        int prefix = namespace(attribute) == USER ? USER_PREFIX.length() : SYSTEM_PREFIX.length();
        return calls.scratch().path(Scratch.OTHER_NAME, Arrays.copyOfRange(bytes, prefix, bytes.length));
    }
}
