package cofre.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre key list}. */
@Command(name = "list", resourceBundle = Texts.BUNDLE)
final class KeyListCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    KeyListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("key-list", new Args().put("repository", repository).map(), new Listing(), false);
    }

    /** A line for each key. */
    private static final class Listing implements View {
        private final Table table = new Table(
                Texts.text("key.id"),
                Texts.text("key.inUse"),
                Texts.text("key.created"),
                Texts.text("key.user"),
                Texts.text("key.host"),
                Texts.text("key.flaw"));

        @Override
        public void item(PrintStream out, Row row) {
            table.add(List.of(
                    row.text("key"),
                    row.text("in_use").equals("true") ? "*" : "",
                    row.time("created"),
                    row.text("user"),
                    row.text("host"),
                    row.text("flaw")));
        }

        @Override
        public void end(PrintStream out, Row data) {
            table.print(out);
        }
    }
}
