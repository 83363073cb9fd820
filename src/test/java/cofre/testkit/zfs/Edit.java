package cofre.testkit.zfs;

import cofre.path.RawPath;
import java.util.Locale;

/**
 * One system call of an edit script. Tells itself in one line.
 *
 * @param kind which
 * @param path what it is done to
 * @param other the second path of a link or rename, the root for all others
 * @param a see {@link Kind}
 * @param b see {@link Kind}
 * @param seed of the bytes written, one of a few, so that the same bytes come again; 0 for zeros
 */
public record Edit(Kind kind, RawPath path, RawPath other, long a, long b, int seed) {
    /** What may be done. */
    public enum Kind {
        /** A new file of {@code b} bytes. */
        CREATE,
        MKDIR,
        /** A link to somewhere that {@code seed} tells. */
        SYMLINK,
        FIFO,
        /** {@code b} bytes at offset {@code a}. */
        WRITE,
        /** To {@code a} bytes. */
        TRUNCATE,
        /** {@code b} bytes from offset {@code a} become a hole. */
        PUNCH,
        LINK,
        UNLINK,
        RMDIR,
        RENAME,
        /** To the permissions {@code a}. */
        CHMOD,
        /** To user {@code a}, group {@code b}. */
        CHOWN,
        /** The modification time to {@code a} seconds after 1970. */
        UTIMES,
        /** The access time alone. */
        ATIME,
        /** Attribute number {@code a}, {@code b} bytes. */
        SET_XATTR,
        /** Attribute number {@code a}. */
        REMOVE_XATTR,
        /** Opens a file for {@link #WRITE_OPEN} and {@link #CLOSE}. */
        OPEN,
        /** {@code b} bytes at offset {@code a} of the file that was opened last, which may have no name any more. */
        WRITE_OPEN,
        /** Closes the file that was opened first. */
        CLOSE,
        /** A transaction group ends: numbers freed before may come back. */
        SYNC
    }

    static Edit of(Kind kind, RawPath path) {
        return new Edit(kind, path, RawPath.ROOT, 0, 0, 0);
    }

    static Edit of(Kind kind, RawPath path, RawPath other) {
        return new Edit(kind, path, other, 0, 0, 0);
    }

    static Edit of(Kind kind, RawPath path, long a, long b, int seed) {
        return new Edit(kind, path, RawPath.ROOT, a, b, seed);
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case LINK, RENAME -> name + " " + path + " -> " + other;
            case CREATE, WRITE -> name + " " + path + " " + a + "+" + b + " seed " + seed;
            case WRITE_OPEN -> name + " " + a + "+" + b + " seed " + seed;
            case PUNCH, CHOWN -> name + " " + path + " " + a + " " + b;
            case SET_XATTR -> name + " " + path + " user.x" + a + " " + b + " bytes seed " + seed;
            case REMOVE_XATTR -> name + " " + path + " user.x" + a;
            case CHMOD -> name + " " + path + " " + Long.toOctalString(a);
            case TRUNCATE, UTIMES -> name + " " + path + " " + a;
            case SYMLINK -> name + " " + path + " seed " + seed;
            case CLOSE, SYNC -> name;
            case MKDIR, FIFO, UNLINK, RMDIR, ATIME, OPEN -> name + " " + path;
        };
    }
}
