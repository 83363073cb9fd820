package cofre.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request with the means to answer it. Exactly one answer is given. */
record Exchange(Request request, Response response, Callback callback, Transfer transfer, String user) {
    /** Upload bytes read and thrown away after a refusal, so that the client gets to read the answer. */
    private static final long DRAIN_KNOWN = 256L << 20;
    /** The same for strangers: what Go's server does. */
    private static final long DRAIN_STRANGER = 256L << 10;

    Exchange as(String name) {
        return new Exchange(request, response, callback, transfer, name);
    }

    String method() {
        return request.getMethod();
    }

    /** The announced length of the body, if any. */
    OptionalLong contentLength() {
        long length = request.getLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Answers with a status and no body. */
    void succeed() {
        transfer.serverWorks();
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        response.write(true, null, callback);
    }

    /** Answers with a status and its usual words; what is left of an upload is read and dropped. */
    void answer(int status) {
        ByteBuffer words = StandardCharsets.US_ASCII.encode(HttpStatus.getMessage(status) + "\n");
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, words.remaining());
        boolean stranger = status == HttpStatus.UNAUTHORIZED_401 || status == HttpStatus.TOO_MANY_REQUESTS_429;
        Drain drain = new Drain(this, stranger ? DRAIN_STRANGER : DRAIN_KNOWN);
        response.write(true, isHead() ? null : words, Callback.from(drain, callback::failed));
    }

    /** Answers 405 with the methods that would do. */
    void methodNotAllowed(String allowed) {
        response.getHeaders().put(HttpHeader.ALLOW, allowed);
        answer(HttpStatus.METHOD_NOT_ALLOWED_405);
    }

    boolean isHead() {
        return method().equals("HEAD");
    }
}
