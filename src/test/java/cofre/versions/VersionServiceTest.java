package cofre.versions;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.browse.Version;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.format.SnapshotId;
import cofre.path.RawPath;
import cofre.previous.PreviousVersion;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.Store;
import cofre.state.ShownPoints;
import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Await;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionServiceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final List<String> OURS =
            PointTags.of("obras", Optional.of("7"), "tank/obras@cofre-x", RightsModel.POSIX);

    @TempDir
    private Path dir;

    private final Backend store = new MemoryBackend();
    private final Host host = new Host();
    private final TestShelf shelf = new TestShelf();
    private Repository repository;
    private VersionService service;

    @BeforeEach
    void aRepository() throws Exception {
        repository =
                new Repositories(Engines.engine(Clock.systemUTC())).init(Store.uncached(store), Engines.password());
        service = new VersionService(host, shelf, true);
    }

    @AfterEach
    void stop() {
        service.close();
        repository.close();
    }

    @Test
    void whatTheRepositoryListsIsShownOnceItIsReady() throws Exception {
        SnapshotId id = save("2025-03-01T08:00:00Z");
        service.start(NEVER);
        service.local("obras", List.of());
        Await.until("on the shelf", SOON, () -> shelf.holds("obras", id));
        assertThat(host.farms.getOrDefault("obras", List.of())).as("not ready").isEmpty();
        shelf.ready.add(id);
        service.ready("obras");
        Await.until("in the farm", SOON, () -> farm("obras").equals(List.of(Instant.parse("2025-03-01T08:00:00Z"))));
    }

    @Test
    void localAndRemoteOnesAreOneList() throws Exception {
        SnapshotId id = save("2025-03-01T08:00:00Z");
        shelf.ready.add(id);
        service.start(NEVER);
        service.local("obras", List.of(local("2026-01-01T00:00:00Z")));
        Await.until("both", SOON, () -> farm("obras").size() == 2);
        service.local("obras", List.of());
        assertThat(farm("obras")).containsExactly(Instant.parse("2025-03-01T08:00:00Z"));
    }

    @Test
    void aRunOfOursIsShownAtOnceAndAForgottenPointGoes() throws Exception {
        service.start(NEVER);
        service.local("obras", List.of());
        SnapshotId id = save("2025-03-01T08:00:00Z");
        shelf.ready.add(id);
        service.changed("central");
        Await.until("shown", SOON, () -> farm("obras").size() == 1);
        store.delete(new FileHandle(FileType.SNAPSHOTS, id.hex()));
        service.changed("central");
        Await.until("gone", SOON, () -> farm("obras").isEmpty() && !shelf.holds("obras", id));
    }

    @Test
    void afterARestartWithoutTheServerAllIsAsItWas() throws Exception {
        SnapshotId id = save("2025-03-01T08:00:00Z");
        shelf.ready.add(id);
        service.start(NEVER);
        service.local("obras", List.of(local("2026-01-01T00:00:00Z")));
        Await.until("shown", SOON, () -> farm("obras").size() == 2);
        service.close();
        host.isDown = true;
        shelf.ready.clear();
        shelf.shown.clear();
        service = new VersionService(host, shelf, true);
        service.start(NEVER);
        assertThat(farm("obras")).as("before anybody has asked ZFS").hasSize(2);
        assertThat(shelf.holds("obras", id)).isTrue();
        service.changed("central");
        service.local("obras", List.of(local("2026-01-01T00:00:00Z")));
        Await.until("asked in vain", SOON, () -> host.refused.get() >= 2);
        assertThat(farm("obras")).hasSize(2);
    }

    @Test
    void withoutAMountNothingLeadsThere() throws Exception {
        shelf.ready.add(save("2025-03-01T08:00:00Z"));
        service.start(NEVER);
        service.local("obras", List.of(local("2026-01-01T00:00:00Z")));
        Await.until("both", SOON, () -> farm("obras").size() == 2);
        shelf.isOpen = false;
        service.reconfigured();
        Await.until("one", SOON, () -> farm("obras").size() == 1);
    }

    @Test
    void aShareThatShowsItsRepositoryNoMoreShowsZfsOnly() throws Exception {
        SnapshotId id = save("2025-03-01T08:00:00Z");
        shelf.ready.add(id);
        service.start(NEVER);
        service.local("obras", List.of(local("2026-01-01T00:00:00Z")));
        Await.until("both", SOON, () -> farm("obras").size() == 2);
        host.shares = List.of();
        service.reconfigured();
        Await.until("one", SOON, () -> farm("obras").equals(List.of(Instant.parse("2026-01-01T00:00:00Z"))));
        assertThat(shelf.shown).doesNotContainKey("obras");
    }

    @Test
    void anotherRepositoryUnderTheSameNameIsNotTakenForTheOneRemembered() throws Exception {
        shelf.ready.add(save("2025-03-01T08:00:00Z"));
        service.start(NEVER);
        service.local("obras", List.of());
        Await.until("shown", SOON, () -> farm("obras").size() == 1);
        service.close();
        host.isDown = true;
        host.place = "elsewhere";
        service = new VersionService(host, shelf, true);
        service.start(NEVER);
        service.local("obras", List.of());
        assertThat(farm("obras")).isEmpty();
    }

    private SnapshotId save(String time) throws BackendException {
        Snapshot record =
                Records.point("x", time, "here", List.of("/tank/obras"), OURS).snapshot();
        return repository.saveSnapshot(record);
    }

    private List<Instant> farm(String share) {
        return host.farms.getOrDefault(share, List.of()).stream()
                .map(PreviousVersion::time)
                .toList();
    }

    private static PreviousVersion local(String time) {
        return new PreviousVersion(Instant.parse(time), RawPath.ofDisplay("/tank/obras/.zfs/snapshot/x"));
    }

    /** One share and its repository. */
    private final class Host implements VersionHost {
        private final Map<String, List<PreviousVersion>> farms = new ConcurrentHashMap<>();
        private volatile List<ShownShare> shares = List.of(Records.share("obras", "7", "/tank/obras"));
        private volatile boolean isDown;
        private final AtomicInteger refused = new AtomicInteger();
        private volatile String place = "here";

        @Override
        public List<ShownShare> shares() {
            return shares;
        }

        @Override
        public Repository open(String name) throws BackendException {
            if (isDown) {
                refused.incrementAndGet();
                throw new BackendException.Unreachable("cannot reach the store: it is down", null);
            }
            return repository.session();
        }

        @Override
        public String location(String name) {
            return name + " at " + place;
        }

        @Override
        public ShownPoints remembered(String share) {
            return new ShownPoints(dir.resolve(share + ".points.json"));
        }

        @Override
        public void farm(String share, List<PreviousVersion> versions) {
            farms.put(share, List.copyOf(versions));
        }
    }

    /** Remembers what it was told. */
    private static final class TestShelf implements Shelf {
        private final Map<String, List<Version>> shown = new ConcurrentHashMap<>();
        private final Set<SnapshotId> ready = ConcurrentHashMap.newKeySet();
        private volatile boolean isOpen = true;

        boolean holds(String share, SnapshotId id) {
            return shown.getOrDefault(share, List.of()).stream()
                    .anyMatch(point -> point.id().equals(id));
        }

        @Override
        public void show(ShownShare share, List<Version> points) {
            shown.put(share.name(), new ArrayList<>(points));
        }

        @Override
        public void hide(String share) {
            shown.remove(share);
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public boolean isReady(String share, Version point) {
            return ready.contains(point.id());
        }

        @Override
        public RawPath place(String share, Version point) {
            return RawPath.ofDisplay("/mnt/" + share + "/" + point.name());
        }
    }
}
