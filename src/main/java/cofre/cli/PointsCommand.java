package cofre.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre points}. */
@Command(name = "points", resourceBundle = Texts.BUNDLE)
final class PointsCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--share", paramLabel = "NAME")
    private String share;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    @Option(names = "--forgotten")
    private boolean forgotten;

    PointsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Args args = new Args().put("share", share).put("repository", repository).put("forgotten", forgotten);
        return context.ask("points", args.map(), forgotten ? new Forgotten() : new Listing(), false);
    }

    /** A table, printed at the end: its columns are as wide as what is in them. */
    private static final class Listing implements View {
        private final Table table = new Table(
                Texts.text("points.id"),
                Texts.text("points.time"),
                Texts.text("points.share"),
                Texts.text("points.host"),
                ">" + Texts.text("points.files"),
                ">" + Texts.text("points.size"),
                ">" + Texts.text("points.added"),
                ">" + Texts.text("points.stored"));

        @Override
        public void item(PrintStream out, Row row) {
            table.add(List.of(
                    row.text("point"),
                    row.time("time"),
                    row.text("share"),
                    row.text("host"),
                    row.text("files"),
                    row.bytes("bytes"),
                    row.bytes("added_bytes"),
                    row.bytes("stored_bytes")));
        }

        @Override
        public void end(PrintStream out, Row data) {
            if (table.isEmpty()) {
                out.println(Texts.text("points.none"));
            } else {
                table.print(out);
            }
        }
    }

    /** The same of those that are in the trash. */
    private static final class Forgotten implements View {
        private final Table table = new Table(
                Texts.text("points.id"),
                Texts.text("points.time"),
                Texts.text("points.share"),
                Texts.text("points.host"),
                Texts.text("points.forgotten"),
                ">" + Texts.text("points.left"));

        @Override
        public void item(PrintStream out, Row row) {
            long left = row.number("left");
            table.add(List.of(
                    row.text("point"),
                    row.time("time"),
                    row.text("share"),
                    row.text("host"),
                    row.time("forgotten"),
                    left == 0 ? Texts.text("points.over") : Units.duration(left)));
        }

        @Override
        public void end(PrintStream out, Row data) {
            if (table.isEmpty()) {
                out.println(Texts.text("points.noneForgotten"));
            } else {
                table.print(out);
            }
        }
    }
}
