package cofre.command;

import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.daemon.Jobs;
import java.util.Map;
import java.util.Set;

/** {@code cancel}: asks a job to stop, whoever began it. */
final class CancelHandler implements CommandHandler {
    private final Jobs jobs;

    CancelHandler(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException {
        request.args().allowOnly(Set.of("job"));
        String typed = request.args().text("job").orElse("");
        if (!typed.matches("[0-9]{1,18}") || !jobs.cancel(Long.parseLong(typed))) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot cancel job " + typed + ": it does not run or wait vs one that does; nothing was changed;"
                            + " see cofre jobs");
        }
        reply.result(Exit.OK, Map.of("job", Long.parseLong(typed)));
    }
}
