package cofre.command;

import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;

/**
 * Keeps members of {@code socket_group} from what would make them root: a restore writes any file, anywhere, as the
 * daemon's user. Nor may they make repositories or carry keys away. They may look, check and back up.
 */
record OwnerOnly(String what, long ownUid, CommandHandler command) implements CommandHandler {
    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        long uid = request.caller().uid();
        if (uid != 0 && uid != ownUid) {
            throw new CommandException(
                    Exit.FAILED,
                    "cannot " + what + " for uid " + uid + ": a member of socket_group vs root; nothing was done;"
                            + " ask root to do it (members may back up, check and look)");
        }
        command.handle(request, reply);
    }
}
