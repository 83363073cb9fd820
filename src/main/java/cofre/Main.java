package cofre;

import cofre.cli.Cli;
import cofre.cli.Terminal;
import cofre.progress.Ticker;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Composition root: the only class that knows all rooms. */
public final class Main {
    private static final int BUFFER = 64 << 10;
    private static final int COLUMNS = 80;

    private Main() {}

    /** Does what the arguments say and ends with the exit status. */
    public static void main(String[] args) throws IOException {
        if (Boolean.getBoolean("cofre.rehearse")) {
            Rehearsal.run();
            return;
        }
        Terminal terminal = terminal();
        int exit = new Cli(new Programs(terminal.err()), terminal, defaultConfig()).run(args);
        terminal.out().flush();
        System.exit(exit);
    }

    /** The launcher asks isatty(3) and the width, which the JDK cannot before 22 without a library. */
    private static Terminal terminal() {
        return new Terminal(
                stream(FileDescriptor.out, false),
                stream(FileDescriptor.err, true),
                Boolean.getBoolean("cofre.terminal"),
                Integer.getInteger("cofre.columns", COLUMNS),
                Ticker.SYSTEM,
                action -> Signals.on("INT", action));
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean flushLines) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), flushLines, StandardCharsets.UTF_8);
    }

    private static Path defaultConfig() {
        String given = System.getenv("COFRE_CONFIG");
        if (given != null && !given.isEmpty()) {
            return Path.of(given);
        }
        boolean bsd = System.getProperty("os.name").endsWith("BSD");
        return Path.of(bsd ? "/usr/local/etc/cofre/cofre.toml" : "/etc/cofre/cofre.toml");
    }
}
