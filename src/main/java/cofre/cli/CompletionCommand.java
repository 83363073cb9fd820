package cofre.cli;

import cofre.control.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cofre completion}. */
@Command(name = "completion", resourceBundle = Texts.BUNDLE)
final class CompletionCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL")
    private String shell;

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Completions completions = new Completions(spec.root());
        String text = switch (shell) {
            case "bash" -> completions.bash();
            case "zsh" -> completions.zsh();
            case "fish" -> completions.fish();
            default -> "";
        };
        if (text.isEmpty()) {
            context.terminal().err().println(Texts.text("completion.shell", Safe.line(shell)));
            return Exit.USAGE;
        }
        context.terminal().out().print(text);
        return Exit.OK;
    }
}
