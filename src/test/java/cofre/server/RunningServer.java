package cofre.server;

import java.io.IOException;
import java.net.URI;

/** A server under test, answering at an address until it is closed. */
interface RunningServer extends AutoCloseable {
    URI address();

    @Override
    void close() throws IOException;
}
