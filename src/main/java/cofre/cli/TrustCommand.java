package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cofre trust}. */
@Command(name = "trust", resourceBundle = Texts.BUNDLE)
final class TrustCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "SHARE")
    private String share;

    TrustCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("trust", new Args().put("share", share).map(), new Answer(), false);
    }

    /** One line. */
    private static final class Answer implements View {
        @Override
        public void item(PrintStream out, Row row) {}

        @Override
        public void end(PrintStream out, Row data) {
            out.println(Texts.text(
                    data.text("trusted").equals("true") ? "trust.done" : "trust.nothing", data.text("share")));
        }
    }
}
