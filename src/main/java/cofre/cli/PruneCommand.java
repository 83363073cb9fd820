package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofre prune}. */
@Command(name = "prune", resourceBundle = Texts.BUNDLE)
final class PruneCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "REPOSITORY", arity = "0..1")
    private String repository;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--max-unused", paramLabel = "AMOUNT")
    private String maxUnused;

    @Option(names = "--detach")
    private boolean detach;

    PruneCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Args args =
                new Args().put("repository", repository).put("dry_run", dryRun).put("max_unused", maxUnused);
        return context.ask("prune", args.map(), new Report(), detach && !dryRun);
    }

    /** What was done, or would be, in figures. */
    private static final class Report implements View {
        @Override
        public void item(PrintStream out, Row row) {}

        @Override
        public void end(PrintStream out, Row data) {
            boolean dryRun = data.text("dry_run").equals("true");
            String tense = dryRun ? "prune.would." : "prune.did.";
            out.println(Texts.text(
                    "prune.head",
                    data.text("repository"),
                    data.text("packs"),
                    data.bytes("used_bytes"),
                    data.bytes("unused_bytes")));
            out.println(Texts.text("prune.stay", data.text("kept_packs"), data.bytes("kept_bytes")));
            out.println(Texts.text(tense + "copy", data.bytes("copied_bytes")));
            String dropped = Texts.text(tense + "drop", data.text("dropped_packs"), data.bytes("dropped_bytes"));
            boolean tellsWhen = dryRun && data.number("dropped_packs") > 0;
            out.println(dropped + (tellsWhen ? when(data, "dropped", "prune.later") : Texts.text("prune.perhapsNext")));
            out.println(Texts.text(tense + "delete", data.text("deleted_packs"), data.bytes("deleted_bytes")));
            out.println(waiting(data));
            data.texts("refused").forEach(each -> out.println(Texts.text("prune.refused", each)));
            data.texts("obstacles").forEach(each -> out.println(Texts.text("prune.obstacle", each)));
            out.println(Texts.text(tense + "left", data.bytes("left_bytes")));
            if (!data.text("unfinished").isEmpty()) {
                out.println(Texts.text("prune.unfinished", data.text("unfinished")));
            }
        }

        private static String waiting(Row data) {
            if (data.number("waiting_packs") == 0) {
                return Texts.text("prune.noneWaits");
            }
            return Texts.text("prune.wait", data.text("waiting_packs"), data.bytes("waiting_bytes"))
                    + when(data, "waiting", "prune.after");
        }

        private static String when(Row data, String what, String key) {
            return Texts.text(key, data.time(what + "_until"))
                    + Texts.text(data.number(what + "_prunes") > 1 ? "prune.notNext" : "prune.perhapsNext");
        }
    }
}
