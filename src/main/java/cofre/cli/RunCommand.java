package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofre run}. */
@Command(name = "run", resourceBundle = Texts.BUNDLE)
final class RunCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "TASK")
    private String task;

    @Option(names = "--detach")
    private boolean detach;

    RunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("run", new Args().put("task", task).map(), new Answer(), detach);
    }

    /** What there is to say differs from task to task: a line for each that says anything. */
    private static final class Answer implements View {
        @Override
        public void item(PrintStream out, Row row) {
            Facts.VIEW.item(out, row);
        }

        @Override
        public void end(PrintStream out, Row data) {
            out.println(Texts.text("run.done", data.text("job")));
        }
    }
}
