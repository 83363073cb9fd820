package cofre.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The options of FreeBSD's nmount(2): an array of {@code struct iovec}, name and value in turn, each with its NUL. */
final class MountVector {
    private static final int IOVEC = 16;

    private final List<byte[]> strings = new ArrayList<>();

    MountVector text(String name, String value) {
        return bytes(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    MountVector bytes(String name, byte[] value) {
        byte[] key = name.getBytes(StandardCharsets.US_ASCII);
        strings.add(Arrays.copyOf(key, key.length + 1));
        strings.add(Arrays.copyOf(value, value.length + 1));
        return this;
    }

    /** How many structures there are: two for each option. */
    int count() {
        return strings.size();
    }

    /** Native memory of the right size. */
    ByteBuffer direct() {
        int length = strings.stream().mapToInt(s -> IOVEC + s.length).sum();
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }

    /** Writes structures and then strings; {@code base} is the address of the buffer's start. */
    void write(ByteBuffer into, long base) {
        int to = strings.size() * IOVEC;
        for (int i = 0; i < strings.size(); i++) {
            byte[] string = strings.get(i);
            into.putLong(i * IOVEC, base + to);
            into.putLong(i * IOVEC + 8, string.length);
            into.put(to, string);
            to += string.length;
        }
    }
}
