package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.format.KeyId;
import cofre.repository.KeyChanges;
import cofre.seal.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code key-add}: another password that opens the repository. */
final class KeyAddHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final RepositoryWatch watch;

    KeyAddHandler(OpenRepositories repositories, RepositoryWatch watch) {
        this.repositories = repositories;
        this.watch = watch;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", NewPassword.ARGUMENT));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        try (Secret password = NewPassword.of(request.args())) {
            KeyId key = Failures.inCommand(() -> new KeyChanges(repositories.sessionNow(settings)).add(password));
            watch.addedKey(settings, key);
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("repository", settings.name());
            data.put("key", key.toString());
            data.put("id", key.hex());
            reply.result(Exit.OK, data);
        }
    }
}
