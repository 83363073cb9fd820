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

/** {@code cofre repair}: one command for each thing that can be repaired. */
@Command(name = "repair", resourceBundle = Texts.BUNDLE)
final class RepairCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    RepairCommand(Context context) {
        this.context = context;
    }

    /** Its own commands. */
    List<Callable<Integer>> all() {
        return List.of(new Index(context), new Packs(context), new Snapshots(context));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), Texts.text("repair.which"));
    }

    private static int ask(Context context, String what, String repository, boolean dryRun, boolean detach, Args args) {
        args.put("what", what).put("repository", repository).put("dry_run", dryRun);
        return context.ask("repair", args.map(), new Report(), detach);
    }

    /** {@code cofre repair index}. */
    @Command(name = "index", resourceBundle = Texts.BUNDLE)
    static final class Index implements Callable<Integer> {
        private final Context context;

        @Parameters(paramLabel = "REPOSITORY")
        private String repository;

        @Option(names = "--read-all-packs")
        private boolean readAll;

        @Option(names = "--dry-run")
        private boolean dryRun;

        @Option(names = "--detach")
        private boolean detach;

        Index(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return ask(context, "index", repository, dryRun, detach, new Args().put("read_all", readAll));
        }
    }

    /** {@code cofre repair packs}. */
    @Command(name = "packs", resourceBundle = Texts.BUNDLE)
    static final class Packs implements Callable<Integer> {
        private final Context context;

        @Parameters(paramLabel = "REPOSITORY", index = "0")
        private String repository;

        @Parameters(paramLabel = "PACK", index = "1..*", arity = "0..*")
        private List<String> packs = new ArrayList<>();

        @Option(names = "--dry-run")
        private boolean dryRun;

        @Option(names = "--detach")
        private boolean detach;

        Packs(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return ask(context, "packs", repository, dryRun, detach, new Args().put("packs", packs));
        }
    }

    /** {@code cofre repair snapshots}. */
    @Command(name = "snapshots", resourceBundle = Texts.BUNDLE)
    static final class Snapshots implements Callable<Integer> {
        private final Context context;

        @Parameters(paramLabel = "REPOSITORY")
        private String repository;

        @Option(names = "--forget")
        private boolean forget;

        @Option(names = "--dry-run")
        private boolean dryRun;

        @Option(names = "--detach")
        private boolean detach;

        Snapshots(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return ask(context, "snapshots", repository, dryRun, detach, new Args().put("forget", forget));
        }
    }

    /** {@code cofre recover}. */
    @Command(name = "recover", resourceBundle = Texts.BUNDLE)
    static final class Recover implements Callable<Integer> {
        private final Context context;

        @Parameters(paramLabel = "REPOSITORY")
        private String repository;

        @Option(names = "--dry-run")
        private boolean dryRun;

        @Option(names = "--detach")
        private boolean detach;

        Recover(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return ask(context, "recover", repository, dryRun, detach, new Args());
        }
    }

    /** Each step on a line, the sum at the end. */
    private static final class Report implements View {
        @Override
        public void item(PrintStream out, Row row) {
            out.println(row.text("object") + ": " + row.text("text"));
        }

        @Override
        public void end(PrintStream out, Row data) {
            boolean dryRun = data.text("dry_run").equals("true");
            if (data.number("changes") == 0 && data.number("lost") == 0) {
                out.println(Texts.text("repair.nothing"));
                return;
            }
            out.println(Texts.text(
                    dryRun ? "repair.would" : "repair.done",
                    Long.toString(data.number("changes")),
                    Long.toString(data.number("lost"))));
        }
    }
}
