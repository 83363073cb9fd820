package cofre;

import cofre.command.ShownShares;
import cofre.config.DaemonSettings;
import cofre.versions.VersionService;
import java.util.Optional;

final class VersionRooms implements AutoCloseable {
    private final VersionService service;

    VersionRooms(DaemonSettings settings, DaemonHost host, ShownShares shares) {
        service = new VersionService(shares, null, true);
    }

    VersionService service() {
        return service;
    }

    Optional<String> unmounted() {
        return Optional.empty();
    }

    void start() {}

    @Override
    public void close() {
        service.close();
    }
}
