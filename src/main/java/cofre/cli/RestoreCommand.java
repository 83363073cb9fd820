package cofre.cli;

import cofre.control.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cofre restore}. */
@Command(name = "restore", resourceBundle = Texts.BUNDLE)
final class RestoreCommand implements Callable<Integer> {
    private static final List<String> OVERWRITE = List.of("always", "if-changed", "never");

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "POINT")
    private String point;

    @Option(names = "--path", paramLabel = "PATH")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--target", paramLabel = "DIR", required = true)
    private String target;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--verify")
    private boolean verify;

    @Option(names = "--overwrite", paramLabel = "WHEN", defaultValue = "if-changed")
    private String overwrite;

    @Option(names = "--detach")
    private boolean detach;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!OVERWRITE.contains(overwrite)) {
            throw new ParameterException(spec.commandLine(), Texts.text("restore.overwrite", Safe.line(overwrite)));
        }
        if (!context.areNames(paths) || !context.areNames(List.of(target))) {
            return Exit.USAGE;
        }
        Args args = new Args()
                .put("point", point)
                .put("paths", paths)
                .put("target", Context.absolute(target))
                .put("dry_run", dryRun)
                .put("verify", verify)
                .put("overwrite", overwrite)
                .put("repository", repository);
        return context.ask("restore", args.map(), Facts.VIEW, detach);
    }
}
