package cofre.server;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The real rest-server keeps it too: the contract is what restic lives with, not what we imagine. */
@Tag("interop")
class RealServerProtocolTest extends RestProtocolContract {
    @Override
    RunningServer serve(ServerSetup setup, Path folder, Path scratch) throws Exception {
        return RealServer.start(setup, folder, scratch);
    }
}
