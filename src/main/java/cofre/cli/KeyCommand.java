package cofre.cli;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code cofre key}. */
@Command(name = "key", resourceBundle = Texts.BUNDLE)
final class KeyCommand {
    private final Context context;

    KeyCommand(Context context) {
        this.context = context;
    }

    /** Its subcommands. */
    List<Object> all() {
        return List.of(
                new KeyListCommand(context),
                new KeyNewCommand.Add(context),
                new KeyRemoveCommand(context),
                new KeyNewCommand.Passwd(context),
                new KeyExportCommand(context),
                new KeySheetCommand(context));
    }
}
