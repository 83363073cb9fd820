package cofre.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** The protocol of one repository, for a user who may use it: what each method does to each item. */
final class RepositoryRequests {
    private static final String LIST_V1 = "application/vnd.x.restic.rest.v1";
    private static final String LIST_V2 = "application/vnd.x.restic.rest.v2";
    private static final String FILE_METHODS = "HEAD, GET, POST, DELETE";

    private final BlobStore store;
    private final Metrics metrics;

    RepositoryRequests(BlobStore store, Metrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** Answers the request, now or later. */
    void handle(Exchange exchange, RequestPath path) throws IOException, Refusal {
        if (path.item() instanceof Item.Listing listing) {
            list(exchange, path.repo(), listing.type());
        } else if (path.item() instanceof Item.StoredFile file) {
            file(exchange, path.repo(), file);
        } else {
            create(exchange, path.repo());
        }
    }

    private void file(Exchange exchange, RepoPath repo, Item.StoredFile file) throws IOException, Refusal {
        switch (exchange.method()) {
            case "HEAD" -> head(exchange, repo, file);
            case "GET" -> get(exchange, repo, file);
            case "POST" -> post(exchange, repo, file);
            case "DELETE" -> delete(exchange, repo, file);
            default -> exchange.methodNotAllowed(FILE_METHODS);
        }
    }

    private void create(Exchange exchange, RepoPath repo) throws IOException, Refusal {
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        Fields query = Request.extractQueryParameters(exchange.request());
        if (!query.getValuesOrEmpty("create").stream().findFirst().equals(Optional.of("true"))) {
            exchange.answer(HttpStatus.BAD_REQUEST_400);
            return;
        }
        exchange.transfer().serverWorks();
        store.createRepository(repo);
        Log.HTTP.info("repository created or seen again: repo=/{} user={}", repo, AccessLog.escaped(exchange.user()));
        exchange.succeed();
    }

    private void list(Exchange exchange, RepoPath repo, FileType type) throws IOException, Refusal {
        if (!exchange.method().equals("GET")) {
            exchange.methodNotAllowed("GET");
            return;
        }
        boolean withSizes = LIST_V2.equals(exchange.request().getHeaders().get(HttpHeader.ACCEPT));
        Body body = new ListingBody(store.list(repo, type), withSizes);
        exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, withSizes ? LIST_V2 : LIST_V1);
        new BodyAnswer(exchange, body, bytes -> {}).iterate();
    }

    private void head(Exchange exchange, RepoPath repo, Item.StoredFile file) throws IOException, Refusal {
        long size = store.size(repo, file);
        exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
        exchange.response().write(true, null, exchange.callback());
    }

    private void get(Exchange exchange, RepoPath repo, Item.StoredFile file) throws IOException, Refusal {
        FileChannel channel = store.open(repo, file);
        boolean handedOver = false;
        try {
            long size = channel.size();
            Optional<ByteRange> range = ByteRange.parse(range(exchange), size);
            ByteRange part = range.orElse(new ByteRange(0, size));
            exchange.response().setStatus(range.isPresent() ? HttpStatus.PARTIAL_CONTENT_206 : HttpStatus.OK_200);
            exchange.response().getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
            exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
            exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, part.length());
            range.ifPresent(r -> exchange.response()
                    .getHeaders()
                    .put(
                            HttpHeader.CONTENT_RANGE,
                            "bytes " + r.first() + "-" + (r.first() + r.length() - 1) + "/" + size));
            BodyAnswer answer = new BodyAnswer(
                    exchange,
                    new FileBody(channel, part),
                    bytes -> metrics.count(Metrics.Operation.READ, exchange.user(), repo, file, bytes));
            handedOver = true;
            answer.iterate();
        } catch (ByteRange.Unsatisfiable e) {
            exchange.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + channel.size());
            exchange.answer(HttpStatus.RANGE_NOT_SATISFIABLE_416);
        } finally {
            if (!handedOver) {
                channel.close();
            }
        }
    }

    /** Several Range headers are as good as none: which one counts would be a guess. */
    private static String range(Exchange exchange) {
        List<String> ranges = exchange.request().getHeaders().getValuesList(HttpHeader.RANGE);
        return ranges.size() == 1 ? ranges.get(0) : null;
    }

    private void post(Exchange exchange, RepoPath repo, Item.StoredFile file) throws IOException, Refusal {
        IncomingFile incoming = store.receive(repo, file, exchange.contentLength());
        Upload.WhenStored noted = bytes -> {
            metrics.count(Metrics.Operation.WRITE, exchange.user(), repo, file, bytes);
            store.uploadedBy(exchange.user(), repo, file);
        };
        new Upload(exchange, store, incoming, noted).run();
    }

    private void delete(Exchange exchange, RepoPath repo, Item.StoredFile file) throws IOException, Refusal {
        exchange.transfer().serverWorks();
        store.delete(exchange.user(), repo, file)
                .ifPresent(bytes -> metrics.count(Metrics.Operation.DELETE, exchange.user(), repo, file, bytes));
        exchange.succeed();
    }
}
