package cofre.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofre undelete}. */
@Command(name = "undelete", resourceBundle = Texts.BUNDLE)
final class UndeleteCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "POINT", arity = "1..*")
    private List<String> points = new ArrayList<>();

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    UndeleteCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Args args = new Args().put("points", points).put("repository", repository);
        return context.ask("undelete", args.map(), new Report(), false);
    }

    /** One line per point. */
    private static final class Report implements View {
        @Override
        public void item(PrintStream out, Row row) {
            out.println(Texts.text("undelete.done", row.text("point"), row.time("time"), row.text("share")));
        }

        @Override
        public void end(PrintStream out, Row data) {}
    }
}
