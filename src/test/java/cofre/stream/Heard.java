package cofre.stream;

import cofre.path.RawPath;
import cofre.source.ChangeListener;
import cofre.source.ObjectAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what it hears, and minds that it is within the listener's promises. */
final class Heard implements ChangeListener {
    private static final long OBJECTS = 1L << 48;

    final List<String> lines = new ArrayList<>();
    final List<ObjectAttributes> attributes = new ArrayList<>();

    @Override
    public void object(long object, Kind kind, Optional<ObjectAttributes> found) {
        mind(object > 0 && object < OBJECTS);
        found.ifPresent(attributes::add);
        lines.add("object " + object + " " + kind + (found.isPresent() ? " with attributes" : ""));
    }

    @Override
    public void content(long object, long offset, long length, boolean hole) {
        mind(object > 0 && object < OBJECTS && offset >= 0 && length >= 1);
        mind(length == Long.MAX_VALUE || offset + length > 0);
        lines.add((hole ? "hole " : "write ") + object + " " + offset + " "
                + (length == Long.MAX_VALUE ? "to the end" : String.valueOf(length)));
    }

    @Override
    public void spill(long object) {
        mind(object > 0 && object < OBJECTS);
        lines.add("spill " + object);
    }

    @Override
    public void freed(long first, long count) {
        mind(first >= 0 && count >= 1 && first + count <= OBJECTS);
        lines.add("freed " + first + " " + count);
    }

    @Override
    public void path(RawPath path) {
        throw new AssertionError("a stream has no names");
    }

    private static void mind(boolean promise) {
        if (!promise) {
            throw new AssertionError("a promise to the listener was broken");
        }
    }
}
