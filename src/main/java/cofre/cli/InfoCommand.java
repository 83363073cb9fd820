package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofre info}. */
@Command(name = "info", resourceBundle = Texts.BUNDLE)
final class InfoCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "POINT", arity = "0..1")
    private String point;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    InfoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Args args = new Args().put("point", point).put("repository", repository);
        return context.ask("info", args.map(), Facts.VIEW, false);
    }
}
