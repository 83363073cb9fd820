package cofre.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cofre forget}. */
@Command(name = "forget", resourceBundle = Texts.BUNDLE)
final class ForgetCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHARE", arity = "0..*")
    private List<String> shares = new ArrayList<>();

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--force")
    private boolean force;

    @Option(names = "--detach")
    private boolean detach;

    ForgetCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (all == !shares.isEmpty()) {
            throw new ParameterException(spec.commandLine(), Texts.text("forget.which"));
        }
        Args args = new Args()
                .put("shares", shares)
                .put("all", all)
                .put("dry_run", dryRun)
                .put("force", force);
        return context.ask("forget", args.map(), new Report(), detach && !dryRun);
    }

    /** Each point as it comes: also when something is refused, of which one wants to see why. */
    private static final class Report implements View {
        private String series = "";

        @Override
        public void item(PrintStream out, Row row) {
            String of = row.text("share") + ", " + row.text("series");
            if (!of.equals(series)) {
                out.println(Texts.text("forget.series", of));
                series = of;
            }
            String what = row.text("keep").equals("true") ? "forget.keep" : "forget.drop";
            out.println("  " + Texts.text(what) + "  " + row.text("point") + "  " + row.time("time") + "  "
                    + row.text("text"));
        }

        @Override
        public void end(PrintStream out, Row data) {
            boolean dryRun = data.text("dry_run").equals("true");
            out.println(Texts.text(
                    dryRun ? "forget.would" : "forget.done",
                    data.text("kept"),
                    data.text(dryRun ? "dropped" : "removed")));
        }
    }
}
