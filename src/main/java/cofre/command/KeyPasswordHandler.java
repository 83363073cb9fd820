package cofre.command;

import cofre.config.PasswordSource;
import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.repository.KeyChanges;
import cofre.seal.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code key-passwd}: another password in place of the one in use. */
final class KeyPasswordHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final RepositoryWatch watch;

    KeyPasswordHandler(OpenRepositories repositories, RepositoryWatch watch) {
        this.repositories = repositories;
        this.watch = watch;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", NewPassword.ARGUMENT));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        try (Secret password = NewPassword.of(request.args())) {
            KeyChanges.Replaced replaced =
                    Failures.inCommand(() -> new KeyChanges(repositories.sessionNow(settings)).replace(password));
            repositories.replaceKey(settings, replaced.key());
            watch.addedKey(settings, replaced.key());
            boolean isConfigured = repositories.isConfigured(settings, password);
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("repository", settings.name());
            data.put("key", replaced.key().toString());
            data.put("id", replaced.key().hex());
            data.put("removed", replaced.removed().hex());
            data.put("configured", isConfigured);
            data.put("text", (isConfigured ? "" : whatToDo(settings)) + SHEET);
            reply.result(Exit.OK, data);
        }
    }

    private static final String SHEET =
            "Print a new recovery sheet, and destroy the old ones: the old key on them still opens the repository with the"
                    + " old password.";

    private static String whatToDo(RepositorySettings settings) {
        String place = settings.password() instanceof PasswordSource.File file
                ? "Put the new password into " + file.path() + " (password_file"
                : "Make "
                        + ((PasswordSource.Command) settings.password()).argv().get(0)
                        + " print the new password (password_command";
        return place + " of repository " + settings.name()
                + ") now. The daemon goes on with the key it holds, but after a restart it opens the repository with what"
                + " the configuration says, and that is still the old password.\n";
    }
}
