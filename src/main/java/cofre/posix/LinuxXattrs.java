package cofre.posix;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@link Xattrs} of Linux, where the VFS bounds a list and a value to 64 KiB each, so one call always suffices. A name
 * below a directory is reached as {@code /proc/self/fd/DIR/NAME} with the l-calls: the kernel goes to the held directory
 * itself, whatever has been renamed since, and does not follow the name. It needs /proc.
 */
final class LinuxXattrs implements Xattrs {
    private final Calls calls;
    private final LibC.Linux linux;

    LinuxXattrs(Calls calls, LibC.Linux linux) {
        this.calls = calls;
        this.linux = linux;
    }

    @Override
    public List<XattrName> list(Fd file) throws PosixException {
        Scratch s = calls.scratch();
        long buffer = s.bulkAddress();
        return listed(() -> calls.on(file, "flistxattr", n -> linux.flistxattr(n, buffer, Scratch.BULK_LENGTH)), s);
    }

    @Override
    public List<XattrName> listAt(Fd dir, RawName name) throws PosixException {
        Scratch s = calls.scratch();
        long buffer = s.bulkAddress();
        return listed(
                () -> calls.at(
                        dir, name, "llistxattr", n -> linux.llistxattr(path(n, name), buffer, Scratch.BULK_LENGTH)),
                s);
    }

    /** A call that leaves its answer in the bulk region. */
    @FunctionalInterface
    private interface Answer {
        long length() throws PosixException;
    }

    private static List<XattrName> listed(Answer answer, Scratch s) throws PosixException {
        int length;
        try {
            length = (int) answer.length();
        } catch (PosixException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw e;
        }
        return split(s.fromBulk(length));
    }

    /** Names one behind the other, each with its NUL. */
    static List<XattrName> split(byte[] list) {
        List<XattrName> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                if (i > start) {
                    names.add(XattrName.of(java.util.Arrays.copyOfRange(list, start, i)));
                }
                start = i + 1;
            }
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public Optional<byte[]> get(Fd file, XattrName attribute) throws PosixException {
        Scratch s = calls.scratch();
        long key = key(attribute);
        long buffer = s.bulkAddress();
        return present(() -> calls.on(file, "fgetxattr", n -> linux.fgetxattr(n, key, buffer, Scratch.BULK_LENGTH)), s);
    }

    @Override
    public Optional<byte[]> getAt(Fd dir, RawName name, XattrName attribute) throws PosixException {
        Scratch s = calls.scratch();
        long key = key(attribute);
        long buffer = s.bulkAddress();
        return present(
                () -> calls.at(
                        dir, name, "lgetxattr", n -> linux.lgetxattr(path(n, name), key, buffer, Scratch.BULK_LENGTH)),
                s);
    }

    private static Optional<byte[]> present(Answer answer, Scratch s) throws PosixException {
        try {
            return Optional.of(s.fromBulk((int) answer.length()));
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOATTR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void set(Fd file, XattrName attribute, byte[] value) throws PosixException {
        long key = key(attribute);
        long address = value(attribute, value);
        calls.on(file, "fsetxattr", n -> linux.fsetxattr(n, key, address, value.length, 0));
    }

    @Override
    public void setAt(Fd dir, RawName name, XattrName attribute, byte[] value) throws PosixException {
        long key = key(attribute);
        long address = value(attribute, value);
        calls.at(dir, name, "lsetxattr", n -> linux.lsetxattr(path(n, name), key, address, value.length, 0));
    }

    @Override
    public void remove(Fd file, XattrName attribute) throws PosixException {
        long key = key(attribute);
        try {
            calls.on(file, "fremovexattr", n -> linux.fremovexattr(n, key));
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOATTR) {
                throw e;
            }
        }
    }

    private long key(XattrName attribute) throws PosixException {
        return calls.scratch().path(Scratch.OTHER_NAME, attribute.bytes());
    }

    private long path(int dir, RawName name) throws PosixException {
        byte[] prefix = ("/proc/self/fd/" + dir + "/").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(prefix, prefix.length + name.length());
        System.arraycopy(name.bytes(), 0, whole, prefix.length, name.length());
        return calls.scratch().path(Scratch.NAME, whole);
    }

    private long value(XattrName attribute, byte[] value) throws PosixException {
        Scratch s = calls.scratch();
        if (value.length > Scratch.BULK_LENGTH) {
            throw new PosixException(
                    Errno.E2BIG, "set attribute", attribute.toString(), value.length + " bytes vs at most 65536");
        }
        s.bulk().put(0, value);
        return s.bulkAddress();
    }
}
