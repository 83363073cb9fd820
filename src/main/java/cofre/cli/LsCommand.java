package cofre.cli;

import cofre.control.Exit;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cofre ls}. */
@Command(name = "ls", resourceBundle = Texts.BUNDLE)
final class LsCommand implements Callable<Integer> {
    private static final Map<String, Character> TYPES =
            Map.of("file", '-', "dir", 'd', "symlink", 'l', "dev", 'b', "chardev", 'c', "fifo", 'p', "socket", 's');

    private final Context context;

    @Parameters(index = "0", paramLabel = "POINT")
    private String point;

    @Parameters(index = "1", paramLabel = "PATH", arity = "0..1", defaultValue = "/")
    private String path;

    @Option(names = {"-r", "--recursive"})
    private boolean recursive;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    LsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!context.areNames(List.of(path))) {
            return Exit.USAGE;
        }
        Args args = new Args()
                .put("point", point)
                .put("path", path)
                .put("recursive", recursive)
                .put("repository", repository);
        return context.ask("ls", args.map(), new Listing(), false);
    }

    /** Lines as {@code ls -ln} has them, printed as they come. */
    private static final class Listing implements View {
        @Override
        public void item(PrintStream out, Row row) {
            String target = row.text("target");
            out.println(Units.mode(TYPES.getOrDefault(row.text("type"), '?'), row.number("mode"))
                    + String.format(
                            java.util.Locale.ROOT, " %6s %6s %12s ", row.text("uid"), row.text("gid"), row.text("size"))
                    + row.time("mtime") + " " + row.text("path") + (target.isEmpty() ? "" : " -> " + target));
        }

        @Override
        public void end(PrintStream out, Row data) {}
    }
}
