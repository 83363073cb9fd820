package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cofre resume}. */
@Command(name = "resume", resourceBundle = Texts.BUNDLE)
final class ResumeCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "SHARE", arity = "0..1")
    private String share;

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("resume", new Args().put("share", share).map(), PauseCommand.Answer.VIEW, false);
    }
}
