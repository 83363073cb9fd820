package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.format.KeyId;
import cofre.repository.KeyChanges;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code key-remove}: a password that opens the repository no more. */
final class KeyRemoveHandler implements CommandHandler {
    private final OpenRepositories repositories;

    KeyRemoveHandler(OpenRepositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository", "key"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        String typed = request.args().needText("key");
        KeyId removed = Failures.inCommand(() -> new KeyChanges(repositories.sessionNow(settings)).remove(typed));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("repository", settings.name());
        data.put("removed", removed.hex());
        data.put(
                "text",
                "Whoever has used this key may have kept the repository's master key, which stays the same: if he is not to"
                        + " be trusted, back up into a new repository.");
        reply.result(Exit.OK, data);
    }
}
