package cofre.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers for requests Jetty itself refuses: one line of text that tells nothing about the server's inside. */
final class PlainErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.write(true, words(response.getStatus()), callback);
        return true;
    }

    private static ByteBuffer words(int status) {
        return StandardCharsets.US_ASCII.encode(HttpStatus.getMessage(status) + "\n");
    }
}
