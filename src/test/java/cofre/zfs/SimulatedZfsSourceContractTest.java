package cofre.zfs;

import cofre.path.RawPath;
import cofre.source.SnapshotSource;
import cofre.source.SnapshotSource.Request;
import cofre.source.SnapshotSourceContract;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedZfs;
import java.time.Duration;

class SimulatedZfsSourceContractTest extends SnapshotSourceContract {
    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final ZfsSource source = new ZfsSource(zfs, zfs, clock, clock::advance, Duration.ofSeconds(5));

    SimulatedZfsSourceContractTest() {
        zfs.create("tank").set("canmount", "off").set("mounted", "no");
        zfs.create("tank/obras").tree().dir("share");
    }

    @Override
    protected SnapshotSource source() {
        return source;
    }

    @Override
    protected Request request() {
        return new Request("obras", "tank/obras", RawPath.ofDisplay("/tank/obras/share"));
    }

    @Override
    protected Request missing() {
        return new Request("gone", "tank/gone", RawPath.ofDisplay("/tank/gone"));
    }

    @Override
    protected void writeLive(String name, String text) {
        zfs.dataset("tank/obras").tree().dir("share").file(name, text);
    }
}
