package cofre.cli;

import cofre.control.Exit;
import cofre.control.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cofre version}: works without the daemon. */
@Command(name = "version", resourceBundle = Texts.BUNDLE)
final class VersionCommand implements Callable<Integer> {
    private final Context context;

    VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var facts = context.launchers().versionFacts();
        if (context.settings().json()) {
            context.terminal().out().print(new String(Json.line(facts), StandardCharsets.UTF_8));
        } else {
            facts.forEach((name, value) -> context.terminal().out().println(name + " " + value));
        }
        return Exit.OK;
    }
}
