package cofre.zfs;

import cofre.path.RawPath;
import cofre.source.ChangeListener;
import cofre.source.ObjectAttributes;
import java.util.Optional;

/** Counts paths and keeps nothing. */
final class CountingListener implements ChangeListener {
    private final long[] count;

    CountingListener(long[] count) {
        this.count = count;
    }

    @Override
    public void object(long object, Kind kind, Optional<ObjectAttributes> attributes) {}

    @Override
    public void content(long object, long offset, long length, boolean hole) {}

    @Override
    public void spill(long object) {}

    @Override
    public void freed(long first, long count) {}

    @Override
    public void path(RawPath path) {
        count[0]++;
    }
}
