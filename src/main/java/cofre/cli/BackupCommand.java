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

/** {@code cofre backup}. */
@Command(name = "backup", resourceBundle = Texts.BUNDLE)
final class BackupCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHARE", arity = "0..*")
    private List<String> shares = new ArrayList<>();

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--walk")
    private boolean walk;

    @Option(names = "--audit")
    private boolean audit;

    @Option(names = "--detach")
    private boolean detach;

    BackupCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (all == !shares.isEmpty()) {
            throw new ParameterException(spec.commandLine(), Texts.text("backup.which"));
        }
        Args args = new Args()
                .put("shares", shares)
                .put("all", all)
                .put("walk", walk)
                .put("audit", audit);
        return context.ask("backup", args.map(), new Report(), detach);
    }

    /** One line per share. */
    private static final class Report implements View {
        @Override
        public void item(PrintStream out, Row row) {
            out.println(Texts.text(
                    "backup.done",
                    row.text("share"),
                    row.text("point"),
                    row.text("files"),
                    row.bytes("bytes"),
                    Long.toString(row.number("files_new") + row.number("files_changed")),
                    row.bytes("added_bytes"),
                    Units.duration(row.number("seconds")),
                    row.text("method"),
                    Long.toString(row.number("looks"))));
            if (row.number("missed") > 0) {
                out.println(Texts.text("backup.missed", row.text("share"), Long.toString(row.number("missed"))));
            }
        }

        @Override
        public void end(PrintStream out, Row data) {}
    }
}
