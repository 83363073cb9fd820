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
            repositories(out, data);
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

        /** Nothing before the first check. */
        private static void repositories(PrintStream out, Row data) {
            Table table = new Table(
                    Texts.text("status.repository"),
                    Texts.text("status.checked"),
                    Texts.text("status.found"),
                    Texts.text("status.read"));
            data.rows("repositories").stream()
                    .filter(r -> !r.text("checked").isEmpty())
                    .forEach(r -> table.add(List.of(r.text("repository"), r.time("checked"), found(r), read(r))));
            if (!table.isEmpty()) {
                out.println();
                table.print(out);
            }
        }

        private static String found(Row repository) {
            long errors = repository.number("errors");
            long bad = repository.number("bad_copies");
            return (errors == 0 ? Texts.text("status.sound") : Texts.text("status.errors", Long.toString(errors)))
                    + (bad == 0 ? "" : ", " + Texts.text("status.bad", Long.toString(bad)));
        }

        /** How much of the data was read in the time it is to be read in. */
        private static String read(Row repository) {
            String percent = repository.text("data_percent");
            String days = repository.text("data_within_days");
            if (percent.isEmpty() || days.equals("0")) {
                return repository.text("data_oldest").isEmpty() ? "" : repository.time("data_oldest");
            }
            return Texts.text("status.readWithin", percent, days);
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
    }

    /** What matters most of a job in a few words: why it failed, how far it is, how much went wrong. */
    static String said(Row job) {
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
