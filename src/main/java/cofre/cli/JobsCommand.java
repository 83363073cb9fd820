package cofre.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cofre jobs}. */
@Command(name = "jobs", resourceBundle = Texts.BUNDLE)
final class JobsCommand implements Callable<Integer> {
    private final Context context;

    JobsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("jobs", new Args().map(), new Listing(), false);
    }

    /** As in {@code status}, but all of them, and when each ended. */
    private static final class Listing implements View {
        private final Table table = new Table(
                ">" + Texts.text("status.job"),
                Texts.text("status.kind"),
                Texts.text("status.title"),
                Texts.text("status.state"),
                Texts.text("status.begun"),
                Texts.text("status.ended"),
                Texts.text("status.said"));

        @Override
        public void item(PrintStream out, Row row) {
            table.add(List.of(
                    row.text("id"),
                    row.text("kind"),
                    row.text("title"),
                    row.text("state"),
                    row.time("started"),
                    row.time("ended"),
                    StatusCommand.said(row)));
        }

        @Override
        public void end(PrintStream out, Row data) {
            if (table.isEmpty()) {
                out.println(Texts.text("status.noJobs"));
            } else {
                table.print(out);
            }
        }
    }
}
