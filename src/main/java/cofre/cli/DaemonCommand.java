package cofre.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cofre daemon}: stays in the foreground; a service manager puts it where it belongs. */
@Command(name = "daemon", resourceBundle = Texts.BUNDLE)
final class DaemonCommand implements Callable<Integer> {
    private final Context context;

    DaemonCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.launchers().daemon(context.settings().config());
    }
}
