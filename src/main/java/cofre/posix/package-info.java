/**
 * The system's own calls, with names as bytes.
 *
 * <p>Lives here: everything that talks to the kernel and libc by jnr-ffi. {@link cofre.posix.Posix} is the front door;
 * behind it are {@link cofre.posix.FileIo} (contents), {@link cofre.posix.Directories} (names and metadata),
 * {@link cofre.posix.Nodes} (making and changing entries), {@link cofre.posix.Xattrs}, {@link cofre.posix.Accounts},
 * {@link cofre.posix.HostProcess}, {@link cofre.posix.UnixSockets} and {@link cofre.posix.FuseSystem}. A {@link cofre.posix.Fd} is an open file that
 * cannot be used once closed; every failure is a {@link cofre.posix.PosixException} that names call, object and
 * {@link cofre.posix.Errno}.
 *
 * <p>What differs between systems is in {@code LinuxPlatform}, {@code FreeBsdPlatform}, and the classes named after a
 * system for attributes and for FUSE only.
 * Structures are read at explicit offsets, because jnr's own FreeBSD structures are those of FreeBSD 11 and its stat
 * buffer is shorter than what today's kernel writes. {@link cofre.posix.SelfTest} proves the offsets on the running
 * system before anything relies on them.
 *
 * <p>Restic's rule for the names of extended attributes is in {@link cofre.posix.XattrNaming} and nowhere else.
 *
 * <p>May use: path, jnr-ffi, and of the native shim its batch reader of directories.
 *
 * <p>Must not: follow a symbolic link unless a method's name says so, keep a descriptor open across exec, hold global
 * state, or know what a backup is.
 */
package cofre.posix;
