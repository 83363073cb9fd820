package cofre.cli;

import cofre.control.Exit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cofre config}. */
@Command(name = "config", resourceBundle = Texts.BUNDLE)
final class ConfigCommand {
    private final Context context;

    ConfigCommand(Context context) {
        this.context = context;
    }

    /** Its subcommands. */
    Check check() {
        return new Check(context);
    }

    /** {@code cofre config check}: works without the daemon. */
    @Command(name = "check", resourceBundle = Texts.BUNDLE)
    static final class Check implements Callable<Integer> {
        private final Context context;

        Check(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            String file = Safe.line(context.settings().config().toString());
            List<String> faults =
                    context.launchers().configFaults(context.settings().config());
            faults.forEach(fault -> context.terminal().err().println(Safe.line(file) + ": " + Safe.line(fault)));
            if (faults.isEmpty() && !context.settings().quiet()) {
                context.terminal().out().println(Texts.text("config.good", file));
            }
            return faults.isEmpty() ? Exit.OK : Exit.FAILED;
        }
    }
}
