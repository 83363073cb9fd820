package cofre.storage.rest;

import java.io.IOException;

/** The server's bytes are not the HTTP answer they should be. Never leaves this package. */
final class NotHttpException extends IOException {
    private static final long serialVersionUID = 1;

    NotHttpException(String message) {
        super(message);
    }
}
