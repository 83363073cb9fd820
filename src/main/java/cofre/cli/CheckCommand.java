package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre check}. */
@Command(name = "check", resourceBundle = Texts.BUNDLE)
final class CheckCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--read-data")
    private boolean readData;

    @Option(names = "--read-data-subset", paramLabel = "PART")
    private String subset;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    @Option(names = "--detach")
    private boolean detach;

    CheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Args args = new Args()
                .put("read_data", readData)
                .put("read_data_subset", subset)
                .put("repository", repository);
        return context.ask("check", args.map(), new Findings(), detach);
    }

    /** Each finding as it comes, the sum at the end. */
    private static final class Findings implements View {
        @Override
        public void item(PrintStream out, Row row) {
            String fix = row.text("fix");
            out.println(row.text("severity") + "  " + row.text("object") + "  " + row.text("meaning")
                    + (fix.isEmpty() ? "" : "; " + fix));
        }

        @Override
        public void end(PrintStream out, Row data) {
            Facts.VIEW.end(out, data);
            long errors = data.number("errors");
            out.println(errors == 0 ? Texts.text("check.clean") : Texts.text("check.found", Long.toString(errors)));
        }
    }
}
