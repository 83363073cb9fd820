package cofre.stream;

import java.io.IOException;

/** The bytes are no whole, undamaged stream of the kind that was asked for. What was told of it so far may be wrong. */
public final class BadStreamException extends IOException {
    private static final long serialVersionUID = 1;

    private final long offset;

    BadStreamException(long offset, String actual, String expected) {
        super("byte " + offset + " of the stream: " + actual + " vs " + expected);
        this.offset = offset;
    }

    /** Where the record or payload at fault begins, in bytes from the beginning of the stream. */
    public long offset() {
        return offset;
    }
}
