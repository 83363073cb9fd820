package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.repository.Repository;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code key-export}: the key file in use, to be kept elsewhere: useless without the password, priceless with it. */
final class KeyExportHandler implements CommandHandler {
    private final OpenRepositories repositories;

    KeyExportHandler(OpenRepositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        Map<String, Object> data = Failures.inCommand(() -> {
            Repository repository = repositories.sessionNow(settings);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("repository", settings.name());
            answer.put("location", repository.location());
            answer.put("id", repository.config().id().hex());
            answer.put("key", repository.keyId().hex());
            String file = "keys/" + repository.keyId().hex();
            answer.put("put_back_as", file);
            // The file's name is the hash of its bytes: with the line break an editor or grep adds it opens nothing.
            answer.put("put_back_with", "grep '^{' SHEET | tr -d '\\n' > " + file);
            answer.put("text", new String(repository.exportKey(), StandardCharsets.UTF_8));
            return answer;
        });
        reply.result(Exit.OK, data);
    }
}
