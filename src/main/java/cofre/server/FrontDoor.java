package cofre.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Where every request enters: who is it, is the path one we know, may he use that repository. */
final class FrontDoor extends Handler.Abstract {
    private static final String METRICS_PATH = "/metrics";
    /** With private repositories only this user sees the counters of all. */
    private static final String METRICS_USER = "metrics";

    private final ServerOptions options;
    private final Authenticator authenticator;
    private final RepositoryRequests repositories;
    private final Metrics metrics;
    private final ConnectionGuard guard;

    FrontDoor(
            ServerOptions options,
            Authenticator authenticator,
            RepositoryRequests repositories,
            Metrics metrics,
            ConnectionGuard guard) {
        this.options = options;
        this.authenticator = authenticator;
        this.repositories = repositories;
        this.metrics = metrics;
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange stranger = new Exchange(request, response, callback, guard.began(request), "");
        try {
            enter(stranger);
        } catch (Refusal e) {
            stranger.answer(e.status());
        } catch (IOException e) {
            Log.STORE.error(
                    "cannot answer {} {}: {}",
                    request.getMethod(),
                    AccessLog.escaped(request.getHttpURI().getPath()),
                    e.toString());
            stranger.answer(HttpStatus.INTERNAL_SERVER_ERROR_500);
        }
        return true;
    }

    private void enter(Exchange stranger) throws IOException, Refusal {
        String path = String.valueOf(stranger.request().getHttpURI().getPath());
        boolean wantsMetrics = options.monitoring().prometheus() && path.equals(METRICS_PATH);
        if (wantsMetrics && options.monitoring().prometheusNoAuth()) {
            sendMetrics(stranger);
            return;
        }
        Authenticator.Outcome outcome = authenticator.authenticate(new RequestClaims(stranger.request()));
        if (outcome instanceof Authenticator.Accepted accepted) {
            stranger.request().setAttribute(AccessLog.USER, accepted.user());
            Exchange known = stranger.as(accepted.user());
            if (wantsMetrics) {
                metricsFor(known);
            } else {
                repository(known, path);
            }
        } else if (outcome instanceof Authenticator.Throttled) {
            stranger.response().getHeaders().put(HttpHeader.RETRY_AFTER, FailureLimiter.REFILL_SECONDS);
            stranger.answer(HttpStatus.TOO_MANY_REQUESTS_429);
        } else {
            // Without WWW-Authenticate, as rest-server answers: restic needs no invitation, and browsers get no dialog.
            stranger.answer(HttpStatus.UNAUTHORIZED_401);
        }
    }

    private void repository(Exchange known, String rawPath) throws IOException, Refusal {
        Optional<RequestPath> path = RequestPath.parse(rawPath);
        if (path.isEmpty()) {
            known.answer(HttpStatus.NOT_FOUND_404);
        } else if (options.access().privateRepos() && !path.get().repo().belongsTo(known.user())) {
            known.answer(HttpStatus.UNAUTHORIZED_401);
        } else {
            repositories.handle(known, path.get());
        }
    }

    private void metricsFor(Exchange known) {
        if (options.access().privateRepos() && !known.user().equals(METRICS_USER)) {
            known.answer(HttpStatus.UNAUTHORIZED_401);
        } else {
            sendMetrics(known);
        }
    }

    private void sendMetrics(Exchange exchange) {
        if (!exchange.method().equals("GET")) {
            exchange.methodNotAllowed("GET");
            return;
        }
        ByteBuffer text = StandardCharsets.UTF_8.encode(metrics.render());
        exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, text.remaining());
        exchange.response().write(true, text, exchange.callback());
    }

    private record RequestClaims(Request request) implements Authenticator.Claims {
        @Override
        public String header(String name) {
            return request.getHeaders().get(name);
        }

        @Override
        public InetAddress peer() {
            return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                    ? address.getAddress()
                    : InetAddress.getLoopbackAddress();
        }
    }
}
