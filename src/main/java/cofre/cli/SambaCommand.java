package cofre.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cofre samba}. */
@Command(name = "samba", resourceBundle = Texts.BUNDLE)
final class SambaCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "SHARE")
    private String share;

    SambaCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.ask("samba", new Args().put("share", share).map(), new Lines(), false);
    }

    /** The lines for smb.conf, then what the running configuration lacks. */
    private static final class Lines implements View {
        @Override
        public void item(PrintStream out, Row row) {
            out.println("# " + row.text("severity") + ": " + row.text("text"));
        }

        @Override
        public void end(PrintStream out, Row data) {
            Facts.VIEW.end(out, data);
        }
    }
}
