package cofre.server;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Our server inside the test. */
record OwnServer(RestServer server) implements RunningServer {
    static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

    static OwnServer start(ServerOptions options) throws ServerException {
        RestServer server = new RestServer(options, Clock.systemUTC(), System::nanoTime, new SecureRandom());
        server.start();
        return new OwnServer(server);
    }

    static OwnServer start(ServerSetup setup, Path folder, Path scratch) throws Exception {
        AccessRules access = setup.users().isEmpty()
                ? AccessRules.open()
                : AccessRules.htpasswd(TestUsers.write(scratch.resolve("htpasswd"), setup.users()));
        StoreRules rules = StoreRules.standard().withQuota(setup.maxSize(), OptionalLong.empty());
        return start(ServerOptions.of(ANY_PORT, folder, setup.privateRepos() ? access.withPrivateRepos() : access)
                .with(setup.appendOnly() ? rules.withAppendOnly() : rules)
                .with(new Monitoring(setup.prometheus(), setup.prometheusNoAuth(), Optional.empty())));
    }

    @Override
    public URI address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
