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

/** {@code cofre snapshot}. */
@Command(name = "snapshot", resourceBundle = Texts.BUNDLE)
final class SnapshotCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHARE", arity = "0..*")
    private List<String> shares = new ArrayList<>();

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--detach")
    private boolean detach;

    SnapshotCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (all == !shares.isEmpty()) {
            throw new ParameterException(spec.commandLine(), Texts.text("snapshot.which"));
        }
        Args args = new Args().put("shares", shares).put("all", all);
        return context.ask("snapshot", args.map(), new Report(), detach);
    }

    /** One line per share. */
    private static final class Report implements View {
        @Override
        public void item(PrintStream out, Row row) {
            out.println(Texts.text("snapshot.done", row.text("share"), row.text("snapshot")));
        }

        @Override
        public void end(PrintStream out, Row data) {}
    }
}
