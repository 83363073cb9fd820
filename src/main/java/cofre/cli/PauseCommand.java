package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cofre pause}. */
@Command(name = "pause", resourceBundle = Texts.BUNDLE)
final class PauseCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "SHARE", arity = "0..1")
    private String share;

    PauseCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("pause", new Args().put("share", share).map(), Answer.VIEW, false);
    }

    /** One line; of resuming, too. */
    static final class Answer implements View {
        static final Answer VIEW = new Answer();

        private Answer() {}

        @Override
        public void item(PrintStream out, Row row) {}

        @Override
        public void end(PrintStream out, Row data) {
            String word = data.text("paused").equals("true") ? "pause" : "resume";
            String share = data.text("share");
            out.println(share.isEmpty() ? Texts.text(word + ".all") : Texts.text(word + ".one", share));
        }
    }
}
