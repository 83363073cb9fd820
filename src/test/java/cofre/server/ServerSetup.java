package cofre.server;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a contract test asks of a server, ours or the real one. */
record ServerSetup(
        boolean appendOnly,
        boolean privateRepos,
        boolean prometheus,
        boolean prometheusNoAuth,
        OptionalLong maxSize,
        Map<String, String> users) {

    static ServerSetup open() {
        return new ServerSetup(false, false, false, false, OptionalLong.empty(), Map.of());
    }

    ServerSetup withAppendOnly() {
        return new ServerSetup(true, privateRepos, prometheus, prometheusNoAuth, maxSize, users);
    }

    ServerSetup withPrivateRepos() {
        return new ServerSetup(appendOnly, true, prometheus, prometheusNoAuth, maxSize, users);
    }

    ServerSetup withPrometheus(boolean noAuth) {
        return new ServerSetup(appendOnly, privateRepos, true, noAuth, maxSize, users);
    }

    ServerSetup withMaxSize(long bytes) {
        return new ServerSetup(appendOnly, privateRepos, prometheus, prometheusNoAuth, OptionalLong.of(bytes), users);
    }

    ServerSetup withUser(String user, String password) {
        Map<String, String> more = new TreeMap<>(users);
        more.put(user, password);
        return new ServerSetup(appendOnly, privateRepos, prometheus, prometheusNoAuth, maxSize, more);
    }
}
