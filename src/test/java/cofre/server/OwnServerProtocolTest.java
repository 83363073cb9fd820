package cofre.server;

import java.nio.file.Path;

/** Our server keeps the protocol. */
class OwnServerProtocolTest extends RestProtocolContract {
    @Override
    RunningServer serve(ServerSetup setup, Path folder, Path scratch) throws Exception {
        return OwnServer.start(setup, folder, scratch);
    }
}
