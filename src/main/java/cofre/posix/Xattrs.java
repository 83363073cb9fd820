package cofre.posix;

import cofre.path.RawName;
import java.util.List;
import java.util.Optional;

/**
 * Extended attributes. Names carry their namespace on both systems ({@code user.}, {@code system.} …); values are any
 * bytes. A file system that has none lists none. The methods with {@code At} take a name below a directory and never
 * follow or open it, for links, fifos and devices; an open file is the better way where there is one. All methods are
 * thread-safe and throw {@link PosixException} with the kernel's complaint.
 */
public interface Xattrs {
    /** Names of an open file's attributes, sorted. */
    List<XattrName> list(Fd file) throws PosixException;

    /** Names of the attributes of a name, sorted. */
    List<XattrName> listAt(Fd dir, RawName name) throws PosixException;

    /** A value; empty when the attribute is not there (any more). */
    Optional<byte[]> get(Fd file, XattrName attribute) throws PosixException;

    /** As {@link #get} of a name. */
    Optional<byte[]> getAt(Fd dir, RawName name, XattrName attribute) throws PosixException;

    /** Sets a value, made or replaced. */
    void set(Fd file, XattrName attribute, byte[] value) throws PosixException;

    /** As {@link #set} of a name. */
    void setAt(Fd dir, RawName name, XattrName attribute, byte[] value) throws PosixException;

    /** Removes an attribute; one that is not there counts as removed. */
    void remove(Fd file, XattrName attribute) throws PosixException;
}
