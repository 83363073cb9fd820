package cofre.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre rest-server}: the flags of restic's rest-server, and two of our own. */
@Command(name = "rest-server", resourceBundle = Texts.BUNDLE)
final class RestServerCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--path", paramLabel = "DIR", required = true)
    private Path path;

    @Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = ":8000")
    private String listen;

    @Option(names = "--log", paramLabel = "FILE")
    private String log;

    @Option(names = "--no-verify-upload")
    private boolean noVerifyUpload;

    @Option(names = "--group-accessible-repos")
    private boolean groupAccessibleRepos;

    @Option(names = "--append-only")
    private boolean appendOnly;

    @Option(names = "--private-repos")
    private boolean privateRepos;

    @Option(names = "--no-auth")
    private boolean noAuth;

    @Option(names = "--no-auth-anywhere")
    private boolean noAuthAnywhere;

    @Option(names = "--htpasswd-file", paramLabel = "FILE")
    private Path htpasswdFile;

    @Option(names = "--proxy-auth-username", paramLabel = "HEADER")
    private String proxyAuthUsername;

    @Option(names = "--tls")
    private boolean tls;

    @Option(names = "--tls-cert", paramLabel = "FILE")
    private Path tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE")
    private Path tlsKey;

    @Option(names = "--tls-min-ver", paramLabel = "VERSION", defaultValue = "1.2")
    private String tlsMinVersion;

    @Option(names = "--max-size", paramLabel = "BYTES")
    private long maxSize;

    @Option(names = "--quota-per-repository", paramLabel = "BYTES")
    private long quotaPerRepository;

    @Option(names = "--prometheus")
    private boolean prometheus;

    @Option(names = "--prometheus-no-auth")
    private boolean prometheusNoAuth;

    RestServerCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.launchers().restServer(flags());
    }

    private RestServerFlags flags() {
        return new RestServerFlags(
                path,
                listen,
                Optional.ofNullable(log),
                noVerifyUpload,
                groupAccessibleRepos,
                new RestServerFlags.Auth(
                        appendOnly,
                        privateRepos,
                        noAuth,
                        noAuthAnywhere,
                        Optional.ofNullable(htpasswdFile),
                        Optional.ofNullable(proxyAuthUsername)),
                new RestServerFlags.Tls(tls, Optional.ofNullable(tlsCert), Optional.ofNullable(tlsKey), tlsMinVersion),
                new RestServerFlags.Quota(maxSize, quotaPerRepository),
                prometheus,
                prometheusNoAuth);
    }
}
