package cofre.command;

import cofre.config.CofreConfig;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code trust}: an administrator has looked into changes nothing had told of; from now on they are looked for as before. */
final class TrustHandler implements CommandHandler {
    private final Supplier<CofreConfig> config;
    private final Memories memories;

    TrustHandler(Supplier<CofreConfig> config, Memories memories) {
        this.config = config;
        this.memories = memories;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("share"));
        String share =
                Shares.find(config.get(), request.args().needText("share")).name();
        boolean trusted = Failures.inCommand(() -> memories.trust(share));
        reply.result(Exit.OK, Map.of("share", share, "trusted", trusted));
    }
}
