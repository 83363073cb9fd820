package cofre.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawPath;
import cofre.source.ChangeListener;
import cofre.source.ObjectAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what a stream tells of objects, to be compared with the live files. */
final class HeardObjects implements ChangeListener {
    final List<String> lines = new ArrayList<>();
    private final Map<Long, ObjectAttributes> attributes = new HashMap<>();

    /** Whether the file was told of, with the attributes it has. */
    void check(Path file) throws IOException {
        ObjectAttributes told = attributes.get(inode(file));
        assertThat(told).as("attributes of %s", file).isNotNull();
        Map<String, Object> live = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        assertThat(told.mode()).isEqualTo(live.get("mode"));
        assertThat(told.ctime()).isEqualTo(((FileTime) live.get("ctime")).toInstant());
        assertThat(told.mtime()).isEqualTo(((FileTime) live.get("lastModifiedTime")).toInstant());
        assertThat(told.uid()).isEqualTo(((Integer) live.get("uid")).longValue());
        assertThat(told.parent()).isEqualTo(inode(file.getParent()));
        if (Files.isRegularFile(file)) {
            assertThat(told.size()).isEqualTo(live.get("size"));
            assertThat(told.links()).isEqualTo(((Integer) live.get("nlink")).longValue());
        }
    }

    static long inode(Path file) throws IOException {
        return (long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void object(long object, Kind kind, Optional<ObjectAttributes> found) {
        found.ifPresent(a -> attributes.put(object, a));
        lines.add(kind + " " + object
                + found.map(a -> (a.isAttribute() ? " attribute of " : " in ") + a.parent() + " ctime " + a.ctime())
                        .orElse(""));
    }

    @Override
    public void content(long object, long offset, long length, boolean hole) {
        if (length != Long.MAX_VALUE) {
            lines.add((hole ? "hole " : "write ") + object + " " + offset + "+" + length);
        }
    }

    @Override
    public void spill(long object) {
        lines.add("spill " + object);
    }

    @Override
    public void freed(long first, long count) {
        lines.add("freed " + first + "+" + count);
    }

    @Override
    public void path(RawPath path) {
        throw new AssertionError("a stream has no names");
    }
}
