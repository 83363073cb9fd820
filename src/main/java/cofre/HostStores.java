package cofre;

import cofre.command.Stores;
import cofre.config.PasswordSource;
import cofre.config.RepositoryLocation;
import cofre.config.RepositorySettings;
import cofre.config.Timetable;
import cofre.config.TransferLimits;
import cofre.format.PackId;
import cofre.process.Program;
import cofre.process.ProgramResult;
import cofre.repository.Engine;
import cofre.repository.RepositoryLock;
import cofre.repository.Store;
import cofre.repository.Tuning;
import cofre.seal.Compression;
import cofre.seal.ScryptCost;
import cofre.seal.Secret;
import cofre.seal.TagFunction;
import cofre.storage.Backend;
import cofre.storage.CachingBackend;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.RateLimiter;
import cofre.storage.RetryPolicy;
import cofre.storage.RetryingBackend;
import cofre.storage.ThrottledBackend;
import cofre.storage.local.LocalBackend;
import cofre.storage.rest.Credentials;
import cofre.storage.rest.RestBackend;
import cofre.storage.rest.RestOptions;
import cofre.storage.rest.RestTimeouts;
import cofre.storage.rest.RestTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Builds stores, engines and passwords from the configuration. */
final class HostStores implements Stores {
    private static final Duration PASSWORD_COMMAND = Duration.ofSeconds(60);
    private static final long MAX_SECRET = 64 << 10;

    /** Beyond this many packs in memory a faster store would not make a run faster, but the heap would run out. */
    private static final int MAX_UPLOADS = 4;

    private final Path cacheDir;
    private final long cacheSize;
    private final TagFunction tags;
    private final RepositoryLock.Holder holder;
    private final ScryptCost keyCost;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param keyCost of trying the password of a key made from now on */
    HostStores(Path cacheDir, long cacheSize, TagFunction tags, RepositoryLock.Holder holder, ScryptCost keyCost) {
        this.cacheDir = cacheDir;
        this.cacheSize = cacheSize;
        this.tags = tags;
        this.holder = holder;
        this.keyCost = keyCost;
        this.clock = holder.clock();
    }

    @Override
    public Place open(RepositorySettings settings) throws IOException {
        Backend once = throttled(
                settings.location() instanceof RepositoryLocation.Rest rest
                        ? new RestBackend(options(settings, rest), System::nanoTime)
                        : new LocalBackend(((RepositoryLocation.Local) settings.location()).directory(), clock),
                settings.limits());
        Backend store = settings.location() instanceof RepositoryLocation.Rest ? retrying(once, settings) : once;
        Set<String> metadata = ConcurrentHashMap.newKeySet();
        Backend cached = new CachingBackend(
                store,
                cacheDir.resolve(settings.name()),
                cacheSize,
                clock,
                (FileHandle file) -> file.type() == FileType.DATA && metadata.contains(file.name()));
        return new Place(new Store(store, cached, (PackId pack) -> metadata.add(pack.hex())), once);
    }

    private Backend throttled(Backend store, TransferLimits limits) {
        return limits.equals(TransferLimits.NONE)
                ? store
                : new ThrottledBackend(store, limiter(limits.upload()), limiter(limits.download()));
    }

    private RateLimiter limiter(Timetable limit) {
        ZoneId zone = ZoneId.systemDefault();
        return new RateLimiter(
                () -> limit.at(clock.instant().atZone(zone)),
                System::nanoTime,
                duration -> Thread.sleep(Math.max(1, duration.toMillis())));
    }

    private Backend retrying(Backend store, RepositorySettings settings) {
        return new RetryingBackend(
                store,
                RetryPolicy.DEFAULT.withGiveUp(settings.retryFor()),
                System::nanoTime,
                duration -> Thread.sleep(duration.toMillis()),
                new Random(random.nextLong()));
    }

    private static RestOptions options(RepositorySettings settings, RepositoryLocation.Rest rest) throws IOException {
        RestTimeouts usual = RestTimeouts.DEFAULT;
        return new RestOptions(
                rest.base(),
                credentials(rest),
                new RestTls(
                        settings.tls().ca(),
                        settings.tls().clientCert(),
                        settings.tls().clientKey()),
                new RestTimeouts(
                        shorter(usual.connect(), settings.timeout()),
                        settings.timeout(),
                        settings.longest(),
                        usual.idle()),
                "cofre",
                settings.connections());
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Optional<Credentials> credentials(RepositoryLocation.Rest rest) throws IOException {
        String text;
        if (rest.credentials().isPresent()) {
            text = rest.credentials().get().reveal();
        } else if (rest.credentialsFile().isPresent()) {
            Path file = rest.credentialsFile().get();
            text = new String(secretFile(file), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } else {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IOException(
                    "cannot use the credentials for " + rest.base().getHost()
                            + ": no user before a colon vs user:password; nothing was sent; correct credentials_file, or the url");
        }
        return Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    private static byte[] secretFile(Path file) throws IOException {
        long size;
        try {
            size = Files.size(file);
            if (size <= MAX_SECRET) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot read a secret: " + Sentences.of(e)
                            + " vs a file the daemon can read; nothing was sent; put it back, or correct the configuration",
                    e);
        }
        throw new IOException("cannot read secret " + file + ": " + size + " bytes vs at most " + MAX_SECRET
                + "; nothing was sent; is it the right file?");
    }

    @Override
    public Engine engine(RepositorySettings settings) {
        int uploads = Math.min(MAX_UPLOADS, settings.connections());
        return new Engine(
                new Tuning(Math.toIntExact(settings.packSize()), uploads, settings.connections()),
                Compression.valueOf(settings.compression().name()),
                keyCost,
                random,
                tags,
                System::nanoTime,
                holder);
    }

    @Override
    public Secret password(RepositorySettings settings) throws IOException {
        byte[] content = settings.password() instanceof PasswordSource.File file
                ? secretFile(file.path())
                : printed(((PasswordSource.Command) settings.password()).argv());
        try {
            return Secret.ofFileContent(content);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cannot use the password of repository " + settings.name()
                            + ": it is empty vs at least one character; nothing was tried; correct password_file or"
                            + " password_command",
                    e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static byte[] printed(List<String> argv) throws IOException {
        ProgramResult result = new Program(Path.of(argv.get(0))).run(argv.subList(1, argv.size()), PASSWORD_COMMAND);
        if (!result.isSuccess()) {
            throw new IOException("cannot get the password from " + argv.get(0) + ": " + result.story()
                    + " vs exit status 0; run it by hand to see why");
        }
        return result.out().getBytes(StandardCharsets.ISO_8859_1);
    }
}
