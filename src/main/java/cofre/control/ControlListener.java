package cofre.control;

import java.io.IOException;

/** A socket that waits for callers. {@link #close} may be called by any thread and ends a waiting {@link #accept}. */
public interface ControlListener extends AutoCloseable {
    /**
     * Waits for the next caller.
     *
     * @throws IOException when this one could not be accepted, or the listener is closed
     */
    ControlConnection accept() throws IOException;

    /** Whether {@link #close} was called. */
    boolean isClosed();

    /** Stops listening and takes the socket's name away. */
    @Override
    void close();
}
