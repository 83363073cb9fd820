package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.repository.KeyChanges;
import cofre.repository.StoredKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code key-list}: the keys of a repository, also those that cannot be used. */
final class KeyListHandler implements CommandHandler {
    private final OpenRepositories repositories;

    KeyListHandler(OpenRepositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        List<StoredKey> keys = Failures.inCommand(() -> new KeyChanges(repositories.sessionNow(settings)).list());
        for (StoredKey key : keys) {
            reply.item(row(key));
        }
        reply.result(Exit.OK, Map.of("repository", settings.name(), "keys", keys.size()));
    }

    private static Map<String, Object> row(StoredKey key) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", key.id().toString());
        row.put("id", key.id().hex());
        row.put("in_use", key.isInUse());
        key.file().ifPresent(file -> {
            row.put("created", file.created().toInstant().toString());
            row.put("user", file.username());
            row.put("host", file.hostname());
        });
        row.put("flaw", key.flaw());
        return row;
    }
}
