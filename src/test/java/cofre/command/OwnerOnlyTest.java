package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.control.Caller;
import cofre.control.CommandException;
import cofre.control.ControlArgs;
import cofre.control.ControlRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerOnlyTest {
    private static final long DAEMON = 77;

    private final List<Long> done = new ArrayList<>();
    private final OwnerOnly command = new OwnerOnly(
            "restore", DAEMON, (request, reply) -> done.add(request.caller().uid()));

    private void askAs(long uid) throws Exception {
        command.handle(new ControlRequest("restore", ControlArgs.NONE, new Caller(uid, 0)), null);
    }

    @Test
    void rootAndTheDaemonsOwnUserMay() throws Exception {
        askAs(0);
        askAs(DAEMON);
        assertThat(done).containsExactly(0L, DAEMON);
    }

    @Test
    void membersOfTheGroupMayNot() {
        assertThatThrownBy(() -> askAs(1000))
                .isInstanceOf(CommandException.class)
                .hasMessage("cannot restore for uid 1000: a member of socket_group vs root; nothing was done; ask root"
                        + " to do it (members may back up, check and look)");
        assertThat(done).isEmpty();
    }
}
