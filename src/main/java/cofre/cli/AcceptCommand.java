package cofre.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cofre accept}. */
@Command(name = "accept", resourceBundle = Texts.BUNDLE)
final class AcceptCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "REPOSITORY")
    private String repository;

    AcceptCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("accept", new Args().put("repository", repository).map(), new Answer(), false);
    }

    /** What was accepted. */
    private static final class Answer implements View {
        @Override
        public void item(PrintStream out, Row row) {}

        @Override
        public void end(PrintStream out, Row data) {
            List<?> accepted = data.values().get("accepted") instanceof List<?> list ? list : List.of();
            out.println(Texts.text(accepted.isEmpty() ? "accept.nothing" : "accept.done", data.text("repository")));
            accepted.forEach(each -> out.println("  " + Safe.line(String.valueOf(each))));
        }
    }
}
