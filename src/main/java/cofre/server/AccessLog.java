package cofre.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * One line per request in the combined log format. What clients send is escaped, so that a line is always a line and
 * cannot steer a terminal. A log that cannot be written never stops the server. Thread-safe.
 */
final class AccessLog implements RequestLog, AutoCloseable {
    /** Request attribute with the authenticated user. */
    static final String USER = "cofre.user";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
    private static final int MAX_FIELD = 1024;

    private final Path file;
    private final ZoneId zone;
    private BufferedWriter writer;

    AccessLog(Path file, ZoneId zone) throws ServerException.BadAccessLog {
        this.file = file;
        this.zone = zone;
        reopen();
    }

    /** Opens the file again by its name, for the time after a rotation. */
    synchronized void reopen() throws ServerException.BadAccessLog {
        try {
            BufferedWriter fresh = Files.newBufferedWriter(
                    file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (writer != null) {
                writer.close();
            }
            writer = fresh;
        } catch (IOException e) {
            throw new ServerException.BadAccessLog("cannot write access log " + file + ": " + e, e);
        }
    }

    @Override
    public void log(Request request, Response response) {
        Object user = request.getAttribute(USER);
        StringBuilder line = new StringBuilder(256);
        line.append(Request.getRemoteAddr(request)).append(" - ");
        line.append(
                user == null || user.toString().isEmpty()
                        ? "-"
                        : escaped(user.toString()).replace(' ', '_'));
        Instant began = Instant.ofEpochMilli(Request.getTimeStamp(request));
        line.append(" [").append(TIME.format(began.atZone(zone))).append("] \"");
        line.append(escaped(request.getMethod())).append(' ');
        line.append(escaped(request.getHttpURI().getPathQuery())).append(' ');
        line.append(request.getConnectionMetaData().getProtocol()).append("\" ");
        line.append(response.getStatus()).append(' ').append(Response.getContentBytesWritten(response));
        line.append(" \"").append(escaped(request.getHeaders().get(HttpHeader.REFERER)));
        line.append("\" \"").append(escaped(request.getHeaders().get(HttpHeader.USER_AGENT)));
        write(line.append("\"\n"));
    }

    private synchronized void write(CharSequence line) {
        try {
            writer.append(line);
            writer.flush();
        } catch (IOException e) {
            Log.ACCESS.warn("cannot write access log {}: {}", file, e.getMessage());
        }
    }

    /** Printable ASCII without quote and backslash; everything else as \xHH of its UTF-8 bytes. */
    static String escaped(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (out.length() >= MAX_FIELD) {
                return out.append("...").toString();
            }
            if (b >= ' ' && b < 0x7f && b != '"' && b != '\\') {
                out.append((char) b);
            } else {
                out.append(String.format("\\x%02x", b & 0xff));
            }
        }
        return out.toString();
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            Log.ACCESS.warn("cannot close access log {}: {}", file, e.getMessage());
        }
    }
}
