package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.repository.Repository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code accept}: an administrator has looked into why a repository is not as this host knew it, and takes it as it is. */
final class AcceptHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final RepositoryWatch watch;

    AcceptHandler(OpenRepositories repositories, RepositoryWatch watch) {
        this.repositories = repositories;
        this.watch = watch;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("repository"));
        RepositorySettings settings =
                repositories.settings(Optional.of(request.args().needText("repository")));
        Map<String, Object> data = Failures.inCommand(() -> {
            Repository repository = repositories.sessionNow(settings);
            List<String> accepted = watch.accept(settings, repository);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("repository", settings.name());
            answer.put("id", repository.config().id().hex());
            answer.put("accepted", accepted);
            return answer;
        });
        reply.result(Exit.OK, data);
    }
}
