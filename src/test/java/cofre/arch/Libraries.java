package cofre.arch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Other people's code: how package-infos call it, where its classes are, and the only rooms that may ever use it. */
final class Libraries {
    /** As package-infos spell it. */
    static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "cron-utils", "com.cronutils.",
            "Bouncy Castle", "org.bouncycastle.",
            "Jackson", "com.fasterxml.jackson.",
            "Jetty", "org.eclipse.jetty.",
            "Logback", "ch.qos.logback.",
            "SLF4J", "org.slf4j.",
            "jnr-ffi", "jnr.",
            "picocli", "picocli.",
            "qrcodegen", "io.nayuki.qrcodegen.",
            "zstd-jni", "com.github.luben."));

    /** The walls. SLF4J has none. */
    static final Map<String, Set<String>> ROOMS = Map.of(
            // Keys and tags; passwords of the REST server's users and its PEM key.
            "Bouncy Castle", Set.of("seal", "server"),
            // Each reads or writes a JSON or TOML of its own; nobody passes trees of it around.
            "Jackson", Set.of("format", "config", "state", "control", "storage.rest"),
            "Jetty", Set.of("server"),
            "Logback", Set.of(""),
            // Only its calendar: what clocks that are set make of it is our own to say.
            "cron-utils", Set.of("schedule"),
            "jnr-ffi", Set.of("posix", "shim"),
            "picocli", Set.of("cli"),
            "qrcodegen", Set.of("sheet"),
            "zstd-jni", Set.of("seal"));

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "com.sun.security.auth.module.");

    private Libraries() {}

    /** The library a class belongs to; empty for the JDK's. */
    static Optional<String> of(String className) {
        if (JDK.stream().anyMatch(className::startsWith)) {
            return Optional.empty();
        }
        return Optional.of(PACKAGES.entrySet().stream()
                .filter(e -> className.startsWith(e.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(className));
    }
}
