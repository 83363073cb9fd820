package cofre.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cofre status}. */
@Command(name = "status", resourceBundle = Texts.BUNDLE)
final class StatusCommand implements Callable<Integer> {
    private final Context context;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("status", new Args().map(), new Page(), false);
    }

    /** Shares, what is done by itself, jobs. */
    private static final class Page implements View {
        @Override
        public void item(PrintStream out, Row row) {
            Facts.VIEW.item(out, row);
        }

        @Override
        public void end(PrintStream out, Row data) {
            Facts.VIEW.end(out, data);
            Table shares = new Table(
                    Texts.text("status.share"),
                    Texts.text("status.source"),
                    Texts.text("status.repository"),
                    Texts.text("status.newest"),
                    Texts.text("status.local"),
                    Texts.text("status.base"),
                    Texts.text("status.method"),
                    Texts.text("status.audited"),
                    Texts.text("status.note"));
            data.rows("shares")
                    .forEach(s -> shares.add(List.of(
                            s.text("share"),
                            s.text("source"),
                            s.text("repository"),
                            s.time("newest"),
                            s.time("local_newest"),
                            s.text("base"),
                            s.text("method"),
                            s.time("audited"),
                            s.text("note"))));
            print(out, shares, "status.noShares");
            schedules(out, data);
            Table jobs = new Table(
                    ">" + Texts.text("status.job"),
                    Texts.text("status.kind"),
                    Texts.text("status.title"),
                    Texts.text("status.state"),
                    Texts.text("status.begun"),
                    Texts.text("status.said"));
            data.rows("jobs")
                    .forEach(j -> jobs.add(List.of(
                            j.text("id"),
                            j.text("kind"),
                            j.text("title"),
                            j.text("state"),
                            j.time("started"),
                            said(j))));
            print(out, jobs, "status.noJobs");
        }

        /** Nothing where cron does it. */
        private static void schedules(PrintStream out, Row data) {
            Table table =
                    new Table(Texts.text("status.task"), Texts.text("status.schedule"), Texts.text("status.next"));
            data.rows("schedules")
                    .forEach(t -> table.add(List.of(
                            t.text("task"),
                            t.text("schedule"),
                            t.text("paused").equals("true") ? Texts.text("status.paused") : t.time("next"))));
            if (!table.isEmpty()) {
                out.println();
                table.print(out);
            }
        }

        private static void print(PrintStream out, Table table, String none) {
            out.println();
            if (table.isEmpty()) {
                out.println(Texts.text(none));
            } else {
                table.print(out);
            }
        }

        /** What matters most of a job in a few words: why it failed, how far it is, how much went wrong. */
        private static String said(Row job) {
            if (!job.text("error").isEmpty()) {
                return job.text("error");
            }
            if (job.text("state").equals("running")) {
                return job.text("phase") + " " + job.bytes("bytes_done");
            }
            long warnings = job.number("warnings");
            return warnings == 0 ? "" : Texts.text("status.warnings", Long.toString(warnings));
        }
    }
}
