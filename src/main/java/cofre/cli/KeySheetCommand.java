package cofre.cli;

import cofre.control.Exit;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cofre key sheet}. The file is written here, by the person's own rights: the daemon writes nothing for anybody. */
@Command(name = "sheet", resourceBundle = Texts.BUNDLE)
final class KeySheetCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--png", paramLabel = "FILE")
    private String png;

    @Option(names = "--pdf", paramLabel = "FILE")
    private String pdf;

    @Option(names = "--with-password")
    private boolean withPassword;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    KeySheetCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (png != null && pdf != null) {
            context.terminal().err().println(Texts.text("sheet.both"));
            return Exit.USAGE;
        }
        if (png == null && pdf == null) {
            return ask("text", new SheetView(null));
        }
        Path file = Path.of(png != null ? png : pdf);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            context.terminal().err().println(Texts.text("sheet.there", Safe.line(file.toString())));
            return Exit.FAILED;
        } catch (IOException e) {
            return unwritable(file, e);
        }
        return fill(file);
    }

    private int fill(Path file) {
        SheetView view = new SheetView(file);
        try {
            int exit = ask(png != null ? "png" : "pdf", view);
            if (exit == Exit.OK && !context.settings().json()) {
                Files.write(file, view.content);
                return Exit.OK;
            }
            Files.delete(file); // in JSON the answer itself has it
            return exit;
        } catch (IOException e) {
            return unwritable(file, e);
        }
    }

    private int unwritable(Path file, IOException e) {
        context.terminal()
                .err()
                .println(Texts.text("sheet.unwritable", Safe.line(file.toString()), Safe.line(String.valueOf(e))));
        return Exit.FAILED;
    }

    private int ask(String form, View view) {
        Args args =
                new Args().put("form", form).put("with_password", withPassword).put("repository", repository);
        return context.ask("key-sheet", args.map(), view, false);
    }

    /** The sheet and nothing else. */
    private static final class SheetView implements View {
        private final Path file;
        private byte[] content = {};

        SheetView(Path file) {
            this.file = file;
        }

        @Override
        public void item(java.io.PrintStream out, Row row) {}

        @Override
        public void end(java.io.PrintStream out, Row data) {
            if (file == null) {
                out.println(Safe.lines(String.valueOf(data.values().get("text"))));
            } else {
                content = Base64.getDecoder().decode(data.text("file"));
                out.println(Texts.text("sheet.written", Safe.line(file.toString())));
            }
        }
    }
}
