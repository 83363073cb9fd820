package cofre.zfs;

import cofre.path.RawPath;
import cofre.source.ChangeListener;
import cofre.source.ObjectAttributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down the paths it hears, one char per byte, and counts the rest. */
final class HeardPaths implements ChangeListener {
    final List<String> paths = new ArrayList<>();
    int others;

    @Override
    public void object(long object, Kind kind, Optional<ObjectAttributes> attributes) {
        others++;
    }

    @Override
    public void content(long object, long offset, long length, boolean hole) {
        others++;
    }

    @Override
    public void spill(long object) {
        others++;
    }

    @Override
    public void freed(long first, long count) {
        others++;
    }

    @Override
    public void path(RawPath path) {
        paths.add(new String(path.bytes(), StandardCharsets.ISO_8859_1));
    }
}
