package cofre;

import cofre.cli.RestServerFlags;
import cofre.control.Exit;
import cofre.posix.Posix;
import cofre.server.AccessRules;
import cofre.server.ListenAddress;
import cofre.server.Monitoring;
import cofre.server.ProxyHeader;
import cofre.server.RestServer;
import cofre.server.ServerException;
import cofre.server.ServerLimits;
import cofre.server.ServerOptions;
import cofre.server.StoreRules;
import cofre.server.TlsFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST server as a program of its own: it has no configuration file and never sees a key. */
final class RestServerProgram {
    private static final Logger LOG = LoggerFactory.getLogger(RestServerProgram.class);

    private final PrintStream err;

    RestServerProgram(PrintStream err) {
        this.err = err;
    }

    /** Serves until it is told to stop; gives the exit status. */
    int run(RestServerFlags flags) {
        Logging.to(Programs.logKeeper(), "cofre-rest-server", () -> Posix.load(System::nanoTime), err);
        try (RestServer server =
                new RestServer(options(flags), Clock.systemUTC(), System::nanoTime, new SecureRandom())) {
            CountDownLatch stop = new CountDownLatch(1);
            Signals.on("TERM", stop::countDown);
            Signals.on("INT", stop::countDown);
            Signals.on("HUP", () -> reload(server));
            server.start();
            LOG.info("event=serving address={} path={}", server.address(), flags.path());
            stop.await();
            return Exit.OK;
        } catch (ServerException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return Exit.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.INTERRUPTED;
        }
    }

    private static void reload(RestServer server) {
        try {
            server.reload();
            LOG.info("event=reloaded");
        } catch (ServerException e) {
            LOG.error("event=reload_refused cause=\"{}\"", e.getMessage());
        }
    }

    private static ServerOptions options(RestServerFlags flags) {
        return new ServerOptions(
                ListenAddress.parse(flags.listen()),
                flags.path(),
                access(flags),
                new StoreRules(
                        flags.auth().appendOnly(),
                        false,
                        !flags.noVerifyUpload(),
                        flags.groupAccessibleRepos(),
                        bound(flags.quota().maxSize()),
                        bound(flags.quota().perRepository())),
                tls(flags),
                new Monitoring(
                        flags.prometheus(),
                        flags.prometheusNoAuth(),
                        flags.log().map(log -> Path.of(log.equals("-") ? "/dev/stdout" : log))),
                ServerLimits.standard());
    }

    /** As rest-server has it: users come from {@code .htpasswd} in the path unless something else is said. */
    private static AccessRules access(RestServerFlags flags) {
        RestServerFlags.Auth auth = flags.auth();
        Optional<ProxyHeader> proxy = auth.proxyAuthUsername().map(name -> new ProxyHeader(name, Set.of()));
        boolean asksNobody = auth.noAuth() || auth.noAuthAnywhere();
        Optional<Path> htpasswd = asksNobody || proxy.isPresent()
                ? auth.htpasswdFile()
                : auth.htpasswdFile().or(() -> Optional.of(flags.path().resolve(".htpasswd")));
        return new AccessRules(htpasswd, proxy, asksNobody, auth.noAuthAnywhere(), auth.privateRepos());
    }

    private static Optional<TlsFiles> tls(RestServerFlags flags) {
        RestServerFlags.Tls tls = flags.tls();
        return tls.enabled()
                ? Optional.of(new TlsFiles(
                        tls.cert().orElse(flags.path().resolve("public_key")),
                        tls.key().orElse(flags.path().resolve("private_key")),
                        TlsFiles.TlsVersion.parse(tls.minVersion())))
                : Optional.empty();
    }

    private static OptionalLong bound(long bytes) {
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
