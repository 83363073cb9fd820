package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre key}. */
@Command(name = "key", resourceBundle = Texts.BUNDLE)
final class KeyCommand {
    private final Context context;

    KeyCommand(Context context) {
        this.context = context;
    }

    /** Its subcommands. */
    Export export() {
        return new Export(context);
    }

    /** {@code cofre key export}. */
    @Command(name = "export", resourceBundle = Texts.BUNDLE)
    static final class Export implements Callable<Integer> {
        private final Context context;

        @Option(names = "--repository", paramLabel = "NAME")
        private String repository;

        Export(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return context.ask(
                    "key-export", new Args().put("repository", repository).map(), Facts.VIEW, false);
        }
    }
}
