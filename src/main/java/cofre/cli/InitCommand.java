package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre init}. */
@Command(name = "init", resourceBundle = Texts.BUNDLE)
final class InitCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("init", new Args().put("repository", repository).map(), Facts.VIEW, false);
    }
}
