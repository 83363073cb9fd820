package cofre.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A list of files as JSON. Names are hex digits and sizes are numbers, so nothing needs escaping.
 */
final class ListingBody implements Body {
    /** No entry of the list is longer. */
    private static final int MAX_ENTRY = 128;

    private final StoredFiles files;
    private final boolean withSizes;
    private boolean begun;

    /** @param withSizes version 2 of the protocol */
    ListingBody(StoredFiles files, boolean withSizes) {
        this.files = files;
        this.withSizes = withSizes;
    }

    @Override
    public boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.remaining() >= MAX_ENTRY) {
            Optional<StoredFiles.Entry> entry = files.next();
            String separator = begun ? "," : "[";
            if (entry.isEmpty()) {
                put(buffer, begun ? "]" : "[]");
                return true;
            }
            begun = true;
            put(buffer, separator + text(entry.get()));
        }
        return false;
    }

    private String text(StoredFiles.Entry entry) {
        return withSizes ? "{\"name\":\"" + entry.id() + "\",\"size\":" + entry.size() + "}" : "\"" + entry.id() + "\"";
    }

    private static void put(ByteBuffer buffer, String text) {
        buffer.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
