package cofre.storage.rest;

import cofre.storage.BackendException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Says what trouble with the server means, by name of what was being done.
 *
 * @param verb what was tried, "store"
 * @param object to what
 * @param location the server's address without userinfo
 */
record Failure(String verb, Object object, String location) {
    /** No server is believed that asks for more. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What an error of the connection means; {@code verdict} tells why the watchdog cut it, if it did. */
    BackendException ofConnection(IOException e, String verdict) {
        if (!verdict.isEmpty()) {
            return new BackendException.Unreachable(sentence(verdict + "; the connection was cut"), e);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new BackendException.Unreachable(sentence("interrupted"), e);
        }
        if (e instanceof NotHttpException) {
            return damage("its answer is not sound HTTP (" + e.getMessage() + ")", e);
        }
        if (!isTransport(e)) {
            return new BackendException.Refused(
                    sentence("TLS failed (" + text(e)
                            + ") vs a server that proves who it is; nothing was sent; check the server's"
                            + " certificate, ca_file, client_cert and that this port speaks TLS"),
                    e);
        }
        String what = e instanceof UnknownHostException ? "its host name is not known" : text(e);
        return new BackendException.Unreachable(
                sentence(what + " vs an answer; nothing is known to have arrived; check network and server"), e);
    }

    /** What an answer means that is not the one wished for. */
    BackendException ofStatus(Answer answer) {
        int status = answer.status();
        String says = "it answers " + status + " vs success";
        return switch (status) {
            case 404, 410 ->
                new BackendException.NotFound(sentence(says + "; it is not there; check the address's path"));
            case 401 ->
                new BackendException.Refused(
                        sentence(says + "; nothing was changed; check user, password and path"), null);
            case 403 ->
                new BackendException.Refused(
                        sentence(
                                says
                                        + ": not allowed; nothing was changed; is the server append-only, or the path another user's?"),
                        null);
            case 413, 507 ->
                new BackendException.NoSpace(
                        sentence(
                                says
                                        + ": no room, or too large for it; nothing of it was kept; make room or raise the quota"),
                        null);
            case 416 ->
                new BackendException.Corrupt(
                        sentence(says + ": the file is shorter than what was asked for; run a check"), null);
            case 408, 429, 500, 502, 503, 504 ->
                new BackendException.Unreachable(
                        sentence(says + "; it cannot now; try later"),
                        null,
                        retryAfter(answer).orElse(null));
            case 301, 302, 303, 307, 308 ->
                new BackendException.Refused(
                        sentence(says + "; a redirect is never followed; give the final address"), null);
            default ->
                new BackendException.Refused(
                        sentence(says + "; not what a REST server says here; check the address"), null);
        };
    }

    /** The bytes may have been damaged on the way. */
    BackendException.TransferDamage damage(String what, IOException cause) {
        return new BackendException.TransferDamage(sentence(what + "; nothing of it was used"), cause);
    }

    /** The store's own bytes cannot be right. */
    BackendException.Corrupt corrupt(String what) {
        return new BackendException.Corrupt(sentence(what + "; nothing of it was used"), null);
    }

    BackendException.AlreadyExists alreadyExists() {
        return new BackendException.AlreadyExists(sentence("a file of that name is there; it was left as it is"));
    }

    BackendException.Unreachable interrupted(InterruptedException e) {
        return new BackendException.Unreachable(sentence("interrupted"), e);
    }

    /** Whether the network failed, and not the proof of who is there. */
    static boolean isTransport(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof EOFException
                    || cause instanceof ClosedChannelException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return !(e instanceof SSLException);
    }

    private String sentence(String actual) {
        return "cannot " + verb + " " + object + " at " + location + ": " + actual;
    }

    private static String text(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\p{Cntrl}", " ");
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        String text = answer.header("retry-after").orElse("");
        long seconds = Numbers.decimal(text);
        Optional<Duration> pause = seconds >= 0 ? Optional.of(Duration.ofSeconds(seconds)) : untilDate(answer, text);
        return pause.map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
    }

    /** A date is compared with the server's own clock, which its Date header tells. */
    private static Optional<Duration> untilDate(Answer answer, String text) {
        try {
            ZonedDateTime then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            ZonedDateTime now =
                    ZonedDateTime.parse(answer.header("date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, then)).filter(pause -> !pause.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
