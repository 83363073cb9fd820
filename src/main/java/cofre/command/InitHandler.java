package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.repository.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code init}: makes a repository where none is. */
final class InitHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final RepositoryWatch watch;

    InitHandler(OpenRepositories repositories, RepositoryWatch watch) {
        this.repositories = repositories;
        this.watch = watch;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        Repository repository = Failures.inCommand(() -> {
            Repository made = repositories.init(settings);
            watch.made(settings, made);
            return made;
        });
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("repository", settings.name());
        data.put("location", repository.location());
        data.put("id", repository.config().id().hex());
        data.put("version", repository.config().version());
        data.put("key", repository.keyId().toString());
        data.put(
                "text",
                "Without the password nothing in it can ever be read again. Keep the password, and what \"cofre key sheet\""
                        + " prints, somewhere else than on this machine.");
        reply.result(Exit.OK, data);
    }
}
