package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre key export}. */
@Command(name = "export", resourceBundle = Texts.BUNDLE)
final class KeyExportCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    KeyExportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask(
                "key-export", new Args().put("repository", repository).map(), Facts.VIEW, false);
    }
}
