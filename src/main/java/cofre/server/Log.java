package cofre.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The room's loggers. */
final class Log {
    static final Logger STORE = LoggerFactory.getLogger("cofre.server.store");
    static final Logger HTTP = LoggerFactory.getLogger("cofre.server.http");
    static final Logger ACCESS = LoggerFactory.getLogger("cofre.server.access");

    private Log() {}
}
