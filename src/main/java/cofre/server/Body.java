package cofre.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of an answer, made as they are sent. Used by one thread at a time. */
interface Body extends Closeable {

    /**
     * Puts the next bytes into the buffer, as many as fit.
     *
     * @return true when these were the last
     */
    boolean fill(ByteBuffer buffer) throws IOException;
}
