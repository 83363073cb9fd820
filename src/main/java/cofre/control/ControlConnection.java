package cofre.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One accepted connection. One thread may read while another writes; {@link #close} may be called by any thread, at any
 * time, more than once, and ends a read or write another thread is blocked in.
 */
public interface ControlConnection extends AutoCloseable {
    /** Who is at the other end; known before anything was read. */
    Caller caller();

    /** What the other end sends. Blocks; -1 when it has ended. */
    InputStream in() throws IOException;

    /** What the other end gets. Blocks while the other end does not read. */
    OutputStream out() throws IOException;

    @Override
    void close();
}
