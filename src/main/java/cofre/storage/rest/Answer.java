package cofre.storage.rest;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer whose head was read.
 *
 * @param status three digits
 * @param headers by lower-case name; values of repeated headers joined with a comma
 * @param body what follows
 * @param keepAlive whether the server lets the connection live on
 */
record Answer(int status, Map<String, String> headers, Body body, boolean keepAlive) {
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_INTERIM = 5;
    private static final List<Integer> WITHOUT_BODY = List.of(204, 304);

    /** Reads a head, and skips interim (1xx) ones before it. */
    static Answer read(Wire wire, boolean headRequest) throws IOException {
        for (int i = 0; i <= MAX_INTERIM; i++) {
            String statusLine = wire.line(MAX_LINE);
            int status = status(statusLine);
            Map<String, String> headers = headers(wire);
            if (status >= 200) {
                boolean keepAlive =
                        statusLine.startsWith("HTTP/1.1") && !contains(headers.getOrDefault("connection", ""), "close");
                return new Answer(status, headers, body(wire, status, headers, headRequest), keepAlive);
            }
        }
        throw new NotHttpException("more than " + MAX_INTERIM + " interim answers");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The announced length. */
    Optional<Long> contentLength() throws NotHttpException {
        return contentLength(headers);
    }

    private static int status(String line) throws NotHttpException {
        boolean http = (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ")) && line.length() >= 12;
        long status = http ? Numbers.decimal(line.substring(9, 12)) : -1;
        if (status < 100 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new NotHttpException("it does not begin with an HTTP/1 status line");
        }
        return (int) status;
    }

    private static Map<String, String> headers(Wire wire) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < MAX_HEADERS; i++) {
            String line = wire.line(MAX_LINE);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) <= ' ') {
                throw new NotHttpException("a header has no name");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
        }
        throw new NotHttpException("more than " + MAX_HEADERS + " headers");
    }

    private static Body body(Wire wire, int status, Map<String, String> headers, boolean headRequest)
            throws NotHttpException {
        Optional<Long> length = contentLength(headers);
        String encoding = headers.getOrDefault("transfer-encoding", "");
        if (headRequest || WITHOUT_BODY.contains(status)) {
            return new Body.Fixed(wire, 0);
        }
        if (!encoding.isEmpty()) {
            // Two lengths are how one answer is made to look like two.
            if (!encoding.equalsIgnoreCase("chunked") || length.isPresent()) {
                throw new NotHttpException("it announces its length in two ways");
            }
            return new Body.Chunked(wire);
        }
        return length.isPresent() ? new Body.Fixed(wire, length.get()) : new Body.UntilClose(wire);
    }

    private static Optional<Long> contentLength(Map<String, String> headers) throws NotHttpException {
        String text = headers.get("content-length");
        if (text == null) {
            return Optional.empty();
        }
        long length = Numbers.decimal(text);
        if (length < 0) {
            throw new NotHttpException("its Content-Length is not one number");
        }
        return Optional.of(length);
    }

    private static boolean contains(String list, String token) {
        for (String item : list.split(",", -1)) {
            if (item.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
