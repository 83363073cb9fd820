package cofre.format;

import cofre.path.Display;
import java.util.Arrays;

/** One extended attribute. Immutable: the arrays are copied in and out. */
public final class Xattr implements Comparable<Xattr> {
    private final byte[] name;
    private final byte[] value;

    /** The attribute {@code name} with {@code value}; both are copied. */
    public Xattr(byte[] name, byte[] value) {
        this.name = name.clone();
        this.value = value.clone();
    }

    /** The name as the system gives it, e.g. {@code user.DOSATTRIB}. */
    public byte[] name() {
        return name.clone();
    }

    /** The value; may be empty. */
    public byte[] value() {
        return value.clone();
    }

    /** The value's length in bytes. */
    public int length() {
        return value.length;
    }

    @Override
    public int compareTo(Xattr other) {
        return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xattr x && Arrays.equals(name, x.name) && Arrays.equals(value, x.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
    }

    /** The name and the value's length: a value is user data and does not belong into messages. */
    @Override
    public String toString() {
        return Display.text(name) + " (" + value.length + " bytes)";
    }
}
