package cofre.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The embedded restic REST server. Speaks the protocol of restic's rest-server, holds no key, and answers 200 to an
 * upload only when the file survives a power loss.
 *
 * <p>Used as: construct, {@link #start()}, {@link #close()}; one start per instance. {@link #reload()} may be called by
 * any thread at any time between.
 */
public final class RestServer implements AutoCloseable {
    private static final long RELOAD_MILLIS = 30_000;
    private static final long SWEEP_MILLIS = 6 * 3_600_000;

    private final ServerOptions options;
    private final Clock clock;
    private final Path root;
    private final Optional<HtpasswdFile> users;
    private final Optional<TlsContext> tls;
    private final Optional<AccessLog> accessLog;
    private final Authenticator authenticator;
    private final ConnectionGuard guard;
    private final SecureRandom random;
    private final JettyFront front;

    /**
     * Reads the files the options name; opens nothing yet.
     *
     * @param clock for log lines and the age of files
     * @param nanoTime a clock that only goes forward, in nanoseconds, for time-outs
     * @param random for names of temporary files and the key of the password cache
     * @throws ServerException when the htpasswd file, certificate, key or access log cannot be used
     */
    public RestServer(ServerOptions options, Clock clock, LongSupplier nanoTime, SecureRandom random)
            throws ServerException {
        this.options = options;
        this.clock = clock;
        this.random = random;
        this.root = options.path().toAbsolutePath().normalize();
        Optional<Path> passwords = options.access().htpasswd();
        this.users = passwords.isPresent() ? Optional.of(new HtpasswdFile(passwords.get(), clock)) : Optional.empty();
        this.tls = options.tls().isPresent()
                ? Optional.of(new TlsContext(options.tls().get()))
                : Optional.empty();
        Optional<Path> log = options.monitoring().accessLog();
        this.accessLog = log.isPresent() ? Optional.of(new AccessLog(log.get(), clock.getZone())) : Optional.empty();
        this.authenticator = authenticator(nanoTime);
        this.guard = new ConnectionGuard(options.limits(), nanoTime);
        this.front = new JettyFront(options, tls.orElse(null), guard, accessLog.orElse(null));
    }

    private Authenticator authenticator(LongSupplier nanoTime) {
        if (users.isPresent()) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            return new HtpasswdAuthenticator(
                    users.get(),
                    new VerifiedCredentials(secret, nanoTime),
                    new FailureLimiter(nanoTime),
                    Runtime.getRuntime().availableProcessors());
        }
        return options.access().proxy().map(OtherAuthenticators::proxy).orElseGet(OtherAuthenticators::open);
    }

    /**
     * Opens the store, measures it when there is a quota, and begins to accept requests.
     *
     * @throws ServerException when the folder or the address cannot be used
     */
    public void start() throws ServerException {
        DiskOperations files = new DiskOperations(options.store().groupAccessible());
        BlobStore store;
        try {
            Files.createDirectories(root);
            new StoreProbe(root, files).run(random.nextLong());
            store = new BlobStore(new StoreLayout(root), options.store(), files, quota(), random);
        } catch (IOException e) {
            String reason =
                    e instanceof AccessDeniedException ? "permission denied for " + e.getMessage() : e.toString();
            throw new ServerException.StoreUnusable(
                    "cannot keep repositories in " + root + ": " + reason
                            + "; the folder must be writable by the server's user, on a file system with hard links",
                    e);
        }
        Metrics metrics = new Metrics();
        front.start(new FrontDoor(options, authenticator, new RepositoryRequests(store, metrics), metrics, guard));
        TempSweep sweep = new TempSweep(root, clock);
        front.every(guard.periodMillis(), guard::sweep);
        front.every(SWEEP_MILLIS, sweep::run);
        tls.ifPresent(context -> front.every(RELOAD_MILLIS, context::reloadIfChanged));
        front.soon(sweep::run);
        Log.HTTP.info(
                "REST server ready: address={} path={} append-only={}",
                address(),
                root,
                options.store().appendOnly());
    }

    private Quota quota() throws IOException {
        StoreRules rules = options.store();
        boolean limited = rules.maxSize().isPresent() || rules.repositoryQuota().isPresent();
        return new Quota(rules.maxSize(), rules.repositoryQuota(), limited ? Usage.measure(root) : Usage.none());
    }

    /** The address clients use, with the real port; after {@link #start()}. */
    public URI address() {
        String host = options.listen().host();
        String name = host.isEmpty() ? "localhost" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create((tls.isPresent() ? "https://" : "http://") + name + ":" + front.port() + "/");
    }

    /**
     * Reads htpasswd file and certificate again and opens the access log anew. What cannot be read stays as it was.
     *
     * @throws ServerException the first thing that could not be read; the others have been tried all the same
     */
    public void reload() throws ServerException {
        Optional<ServerException> first = Optional.empty();
        for (Reload part : new Reload[] {this::reloadUsers, this::reloadCertificate, this::reopenLog}) {
            try {
                part.run();
            } catch (ServerException e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    private interface Reload {
        void run() throws ServerException;
    }

    private void reloadUsers() throws ServerException {
        if (users.isPresent()) {
            users.get().reload();
        }
    }

    private void reloadCertificate() throws ServerException {
        if (tls.isPresent()) {
            tls.get().reload();
        }
    }

    private void reopenLog() throws ServerException {
        if (accessLog.isPresent()) {
            accessLog.get().reopen();
        }
    }

    /** Stops accepting, lets running requests end within the stop time-out, cuts the rest. Stored files are safe. */
    @Override
    public void close() {
        front.stop();
        accessLog.ifPresent(AccessLog::close);
    }
}
