package cofre.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The server as a program, for tests that need a process of its own (small heap, kill) and for trying things out: {@code
 * ServeFolder HOST:PORT FOLDER [append-only] [prometheus] [max-size=N]}. Prints the address when ready.
 */
final class ServeFolder {
    private ServeFolder() {}

    public static void main(String[] args) throws Exception {
        List<String> flags = List.of(args).subList(2, args.length);
        OptionalLong maxSize = flags.stream()
                .filter(flag -> flag.startsWith("max-size="))
                .mapToLong(flag -> Long.parseLong(flag.substring(9)))
                .findFirst();
        StoreRules rules = StoreRules.standard().withQuota(maxSize, OptionalLong.empty());
        ServerOptions options = ServerOptions.of(ListenAddress.parse(args[0]), Path.of(args[1]), AccessRules.open())
                .with(flags.contains("append-only") ? rules.withAppendOnly() : rules)
                .with(new Monitoring(flags.contains("prometheus"), false, Optional.empty()));
        RestServer server = new RestServer(options, Clock.systemUTC(), System::nanoTime, new SecureRandom());
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("ready " + server.address());
    }
}
