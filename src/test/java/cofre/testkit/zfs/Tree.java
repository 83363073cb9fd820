package cofre.testkit.zfs;

import cofre.format.NodeType;
import cofre.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A {@link ModelDataset} by short words, for tests that tell a story: paths are text, one char per byte. */
final class Tree {
    private final ModelDataset files;
    private final String top;

    Tree(ModelDataset files, String top) {
        this.files = files;
        this.top = top;
    }

    static RawPath path(String text) {
        return RawPath.of(("/" + text).getBytes(StandardCharsets.ISO_8859_1));
    }

    private RawPath at(String text) {
        return path(top + text);
    }

    void file(String path) {
        file(path, "x");
    }

    void file(String path, String text) {
        files.create(at(path), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void append(String path) {
        RawPath at = at(path);
        files.write(at, 1, "more".getBytes(StandardCharsets.ISO_8859_1));
    }

    void overwrite(String path, int length) {
        files.write(at(path), 0, "y".repeat(length).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As a shell's redirection does it. */
    void rewrite(String path, String text) {
        files.truncate(at(path), 0);
        files.write(at(path), 0, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void dir(String... paths) {
        for (String path : paths) {
            files.mkdir(at(path));
        }
    }

    void tree(String path) {
        dir(path, path + "/sub", path + "/sub/deep");
        file(path + "/f1");
        file(path + "/sub/f2");
        file(path + "/sub/deep/f3");
    }

    void link(String existing, String path) {
        files.link(at(existing), at(path));
    }

    void symlink(String path, String target) {
        files.symlink(at(path), target.getBytes(StandardCharsets.ISO_8859_1));
    }

    void node(String path, NodeType kind) {
        files.mknod(at(path), kind, kind == NodeType.CHAR_DEVICE ? 0x103 : 0);
    }

    void remove(String... paths) {
        for (String path : paths) {
            files.unlink(at(path));
        }
    }

    void rmdir(String... paths) {
        for (String path : paths) {
            files.rmdir(at(path));
        }
    }

    void rename(String from, String to) {
        files.rename(at(from), at(to));
    }

    void chmod(String path, int mode) {
        files.chmod(at(path), mode);
    }

    void chown(String path) {
        files.chown(at(path), 1000, 1000);
    }

    void utime(String path, long seconds) {
        files.utimes(at(path), Instant.ofEpochSecond(seconds));
    }

    void atime(String path) {
        files.touchAtime(at(path));
    }

    void xattr(String path, String value) {
        files.setXattr(at(path), "user.a", value.getBytes(StandardCharsets.ISO_8859_1));
    }

    void noXattr(String path) {
        files.removeXattr(at(path), "user.a");
    }

    void truncate(String path, long size) {
        files.truncate(at(path), size);
    }

    void punch(String path, long offset, long length) {
        files.punch(at(path), offset, length);
    }

    long open(String path) {
        return files.open(at(path));
    }

    void close(long number) {
        files.close(number);
    }

    void writeOpen(long number) {
        files.writeOpen(number, 0, new byte[] {'z', 'z'});
    }
}
