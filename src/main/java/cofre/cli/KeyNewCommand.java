package cofre.cli;

import cofre.control.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Those that need a new password: {@code cofre key add} and {@code cofre key passwd}. */
abstract class KeyNewCommand implements Callable<Integer> {
    private final Context context;
    private final String command;

    @Option(names = "--new-password-file", paramLabel = "FILE")
    private String file;

    @Option(names = "--repository", paramLabel = "NAME")
    private String repository;

    KeyNewCommand(Context context, String command) {
        this.context = context;
        this.command = command;
    }

    /** {@code cofre key add}. */
    @Command(name = "add", resourceBundle = Texts.BUNDLE)
    static final class Add extends KeyNewCommand {
        Add(Context context) {
            super(context, "key-add");
        }
    }

    /** {@code cofre key passwd}. */
    @Command(name = "passwd", resourceBundle = Texts.BUNDLE)
    static final class Passwd extends KeyNewCommand {
        Passwd(Context context) {
            super(context, "key-passwd");
        }
    }

    @Override
    public Integer call() {
        try {
            String password = new NewPassword(context.launchers()).of(file);
            Args args = new Args().put("new_password", password).put("repository", repository);
            return context.ask(command, args.map(), Facts.VIEW, false);
        } catch (NewPassword.Unusable e) {
            context.terminal().err().println(e.getMessage());
            return Exit.FAILED;
        }
    }
}
