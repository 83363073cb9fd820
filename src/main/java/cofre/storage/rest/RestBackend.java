package cofre.storage.rest;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileList;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store behind restic's REST protocol. Every request has deadlines, none is repeated here except a read or delete over a
 * kept connection which turned out to be closed. Safe for several threads; more calls than connections wait.
 */
public final class RestBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(RestBackend.class);
    private static final String ACCEPT = "Accept: application/vnd.x.restic.rest.v2\r\n";

    private final String location;
    private final String path;
    private final Exchanger exchanger;

    /**
     * @param options where and how
     * @param nanoTime a monotonic clock in nanoseconds, {@code System::nanoTime}
     * @throws IllegalArgumentException when a certificate or key file cannot be used
     */
    public RestBackend(RestOptions options, LongSupplier nanoTime) {
        this.location = options.base().toString();
        this.path = options.base().getRawPath();
        this.exchanger = new Exchanger(options, nanoTime);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void create() throws BackendException {
        Failure failure = failure("create", "store");
        exchanger.exchange(new Request("POST", path + "?create=true"), failure, answer -> done(answer, failure));
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        Failure failure = failure("measure", file);
        return exchanger.exchange(new Request("HEAD", target(file)), failure, answer -> {
            if (answer.status() != 200) {
                throw failure.ofStatus(answer);
            }
            return answer.contentLength().orElseThrow(() -> failure.damage("its answer tells no length", null));
        });
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        Failure failure = failure("read", file);
        Download download = new Download(file, failure);
        return exchanger.exchange(
                new Request("GET", target(file)), failure, answer -> download.whole(answer, maxLength));
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        if (length == 0) {
            return;
        }
        Failure failure = failure("read", file);
        Download download = new Download(file, failure);
        String range = "Range: bytes=" + offset + "-" + (offset + length - 1) + "\r\n";
        Request request = new Request("GET", target(file), range, Optional.empty());
        exchanger.exchange(request, failure, answer -> download.range(answer, offset, into, at, length));
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        Failure failure = failure("store", file);
        Request request = new Request("POST", target(file), "", Optional.of(payload));
        Optional<BackendException> forbidden = exchanger.exchange(request, failure, answer -> {
            if (answer.status() == 403) {
                return Optional.of(failure.ofStatus(answer));
            }
            if (answer.status() == 400 && file.type() != FileType.CONFIG) {
                throw failure.damage("it answers 400: what arrived does not hash to the name", null);
            }
            return done(answer, failure);
        });
        if (forbidden.isPresent()) {
            throw isThere(file) ? failure.alreadyExists() : forbidden.get();
        }
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        if (type == FileType.CONFIG) {
            Optional<Long> size = sizeIfThere(FileHandle.CONFIG);
            size.ifPresent(length -> each.accept(new FileInfo("", length)));
            return;
        }
        Failure failure = failure("list", type.folder());
        FileList files = new FileList();
        Request request = new Request("GET", path + type.folder() + "/", ACCEPT, Optional.empty());
        boolean measured = exchanger.exchange(request, failure, answer -> listing(answer, failure, files));
        if (measured) {
            files.forEach(each);
        } else {
            measureAll(type, files).forEach(each);
        }
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        Failure failure = failure("delete", file);
        exchanger.exchange(
                new Request("DELETE", target(file)),
                failure,
                answer -> answer.status() == 404 ? Optional.empty() : done(answer, failure));
    }

    /** Cuts what is under way and closes all connections. */
    @Override
    public void close() {
        exchanger.close();
    }

    private boolean listing(Answer answer, Failure failure, FileList files)
            throws BackendException, java.io.IOException {
        if (answer.status() == 404) {
            return true;
        }
        if (answer.status() != 200) {
            throw failure.ofStatus(answer);
        }
        // The answer's own word counts: a server of version 1 does not know what we asked for.
        boolean withSizes = answer.header("content-type").orElse("").startsWith("application/vnd.x.restic.rest.v2");
        ListingParser parser = new ListingParser(files);
        try {
            parser.parse(answer.body(), withSizes);
        } catch (ListingParser.BadListing e) {
            throw failure.damage("its listing cannot be used: " + e.getMessage(), e);
        }
        if (parser.strangers() > 0) {
            LOG.warn(
                    "listing holds names that are no files store={} folder={} names={}",
                    location,
                    failure.object(),
                    parser.strangers());
        }
        return withSizes || files.count() == 0;
    }

    /** Asks for each size; a file deleted meanwhile is left out. */
    private FileList measureAll(FileType type, FileList names) throws BackendException {
        FileList measured = new FileList();
        for (int i = 0; i < names.count(); i++) {
            String name = names.name(i);
            sizeIfThere(new FileHandle(type, name)).ifPresent(size -> measured.add(name, size));
        }
        return measured;
    }

    private boolean isThere(FileHandle file) throws BackendException {
        return sizeIfThere(file).isPresent();
    }

    private Optional<Long> sizeIfThere(FileHandle file) throws BackendException {
        try {
            return Optional.of(size(file));
        } catch (BackendException.NotFound e) {
            return Optional.empty();
        }
    }

    private static Optional<BackendException> done(Answer answer, Failure failure) throws BackendException {
        // 202 (accepted, not yet done) would not be durable.
        boolean good = answer.status() == 200 || answer.status() == 201 || answer.status() == 204;
        if (!good) {
            throw failure.ofStatus(answer);
        }
        return Optional.empty();
    }

    private String target(FileHandle file) {
        return path + (file.type() == FileType.CONFIG ? "config" : file.type().folder() + "/" + file.name());
    }

    private Failure failure(String verb, Object object) {
        return new Failure(verb, object, location);
    }
}
