package cofre.command;

import cofre.config.CofreConfig;
import cofre.config.ShareSettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.schedule.Pauses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code pause} and {@code resume}: whether schedules begin anything, of one share or of all. What runs goes on. */
final class PauseHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final Scheduling scheduling;
    private final boolean pause;

    /** @param pause whether this pauses; else it resumes */
    PauseHandler(Supplier<CofreConfig> config, Scheduling scheduling, boolean pause) {
        this.config = config;
        this.scheduling = scheduling;
        this.pause = pause;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("share"));
        Optional<String> name = request.args().text("share");
        if (name.isPresent()) {
            one(name.get());
        } else {
            change(pauses -> pause ? new Pauses(true, pauses.names()) : Pauses.NONE);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        name.ifPresent(share -> data.put("share", share));
        data.put("paused", pause);
        reply.result(Exit.OK, data);
    }

    private void one(String name) throws CommandException, InterruptedException {
        ShareSettings share = Shares.find(config.get(), name);
        if (pause && share.schedule().isNever() && share.local().schedule().isNever()) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot pause share " + name + ": no schedule vs one; nothing was changed; set schedule in"
                            + " [share." + name + "], or look in crontab(5) for who starts its backups");
        }
        if (!pause && scheduling.pauses().all()) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot resume share " + name + ": everything is paused vs this share; nothing was changed;"
                            + " resume everything with cofre resume, then pause single shares");
        }
        change(pauses -> pauses.with(Scheduling.backup(name), pause).with(Scheduling.local(name), pause));
    }

    private void change(UnaryOperator<Pauses> change) throws CommandException, InterruptedException {
        Failures.inCommand(() -> {
            scheduling.pause(change);
            return null;
        });
    }
}
