package cofre.path;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as raw components below some root: no {@code .} or {@code ..}, no empty component, so it can never lead out of
 * its root. The empty path is the root itself. Immutable and thread-safe.
 *
 * @param names the components from the root downwards
 */
public record RawPath(List<RawName> names) implements Comparable<RawPath> {
    /** The root itself. */
    public static final RawPath ROOT = new RawPath(List.of());

    public RawPath {
        names = List.copyOf(names);
    }

    /**
     * The path these bytes spell, with or without a leading slash; repeated and trailing slashes count once.
     *
     * @throws IllegalArgumentException when a component is {@code .} or {@code ..} or holds NUL
     */
    public static RawPath of(byte[] bytes) {
        List<RawName> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                if (i > start) {
                    names.add(RawName.of(bytes, start, i - start));
                }
                start = i + 1;
            }
        }
        return new RawPath(names);
    }

    /** The path {@code text} spells as {@link Display#parse} reads it. */
    public static RawPath ofDisplay(String text) {
        return of(Display.parse(text));
    }

    /** This path with one more component. */
    public RawPath resolve(RawName name) {
        List<RawName> longer = new ArrayList<>(names.size() + 1);
        longer.addAll(names);
        longer.add(name);
        return new RawPath(longer);
    }

    /** This path followed by all of {@code below}. */
    public RawPath resolve(RawPath below) {
        List<RawName> longer = new ArrayList<>(names);
        longer.addAll(below.names);
        return new RawPath(longer);
    }

    /** Whether this path is {@code other} or lies below it. */
    public boolean startsWith(RawPath other) {
        return names.size() >= other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** Whether this is the root itself. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** {@code /a/b} as bytes; the root is {@code /}. */
    public byte[] bytes() {
        if (names.isEmpty()) {
            return new byte[] {'/'};
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (RawName name : names) {
            out.write('/');
            out.writeBytes(name.bytes());
        }
        return out.toByteArray();
    }

    @Override
    public int compareTo(RawPath other) {
        int common = Math.min(names.size(), other.names.size());
        for (int i = 0; i < common; i++) {
            int order = names.get(i).compareTo(other.names.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }

    /** For people: see {@link Display#text(byte[])}. */
    @Override
    public String toString() {
        return Display.text(bytes());
    }
}
