package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cofre cancel}. */
@Command(name = "cancel", resourceBundle = Texts.BUNDLE)
final class CancelCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "JOB")
    private String job;

    CancelCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("cancel", new Args().put("job", job).map(), new Answer(), false);
    }

    /** One line. */
    private static final class Answer implements View {
        @Override
        public void item(PrintStream out, Row row) {}

        @Override
        public void end(PrintStream out, Row data) {
            out.println(Texts.text("cancel.done", data.text("job")));
        }
    }
}
