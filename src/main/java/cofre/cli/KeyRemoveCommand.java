package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofre key remove}. */
@Command(name = "remove", resourceBundle = Texts.BUNDLE)
final class KeyRemoveCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "KEY")
    private String key;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    KeyRemoveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask(
                "key-remove",
                new Args().put("key", key).put("repository", repository).map(),
                Facts.VIEW,
                false);
    }
}
