package cofre.command;

import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.PointTags;
import cofre.format.RightsModel;
import cofre.format.Snapshot;
import cofre.progress.Progress;
import cofre.repository.BlobSink;
import cofre.repository.Engine;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryLock;
import cofre.repository.SealedByHand;
import cofre.repository.lock.LockRules;
import cofre.seal.Secret;
import cofre.storage.local.LocalBackend;
import cofre.testkit.Engines;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Somebody else who has the password, and means no good. */
final class HostileRepository {
    private static final int BOMB_MEBIBYTES = 2048;

    private final LocalSetup setup;
    private Optional<RepositoryLock> lock = Optional.empty();

    HostileRepository(LocalSetup setup) {
        this.setup = setup;
    }

    private Repository open(String host, long pid) throws Exception {
        Engine usual = Engines.engine(Clock.systemUTC());
        RepositoryLock.Holder holder = new RepositoryLock.Holder(
                "other", pid, 0, 0, new LockRules(host, p -> true), Clock.systemUTC(), System::nanoTime, 0);
        Engine engine = new Engine(
                usual.tuning(),
                usual.compression(),
                usual.keyCost(),
                usual.random(),
                usual.tags(),
                usual.nanoTime(),
                holder);
        try (Secret password = Secret.ofChars(LocalSetup.PASSWORD.toCharArray())) {
            return new Repositories(engine).open(new LocalBackend(setup.repository(), Clock.systemUTC()), password);
        }
    }

    private Repository open() throws Exception {
        return open("elsewhere", 1);
    }

    void lockExclusively() throws Exception {
        lock = Optional.of(open().lockExclusive());
    }

    void unlock() {
        lock.orElseThrow().close();
    }

    /** As a process of this host leaves it that was killed. */
    void leaveLockOfADeadProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        lock = Optional.of(
                open(InetAddress.getLocalHost().getHostName(), process.pid()).lockExclusive());
    }

    /** A restore point of share {@code evil} whose root is this text. */
    void addPoint(String tree) throws Exception {
        Repository repository = open();
        repository.loadIndex(Progress.NONE);
        byte[] json = tree.getBytes(StandardCharsets.UTF_8);
        try (RepositoryLock own = repository.lockShared();
                BlobSink sink = repository.newSink(own)) {
            BlobId root = sink.save(BlobType.TREE, json, 0, json.length);
            sink.flush();
            repository.saveSnapshot(new Snapshot(
                    Instant.now().plus(Duration.ofMinutes(1)).atZone(ZoneOffset.UTC),
                    Optional.empty(),
                    root,
                    List.of("/evil"),
                    "elsewhere",
                    "other",
                    0,
                    0,
                    List.of(),
                    PointTags.of("evil", Optional.empty(), "", RightsModel.NONE),
                    Optional.empty(),
                    "",
                    Optional.empty()));
        }
    }

    /** A record that unpacks to more than anybody's memory. */
    void addBombAsRecord() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(2);
        try (ZstdOutputStream zstd = new ZstdOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < BOMB_MEBIBYTES; i++) {
                zstd.write(zeros);
            }
        }
        byte[] file = SealedByHand.file(open(), bomb.toByteArray());
        Files.write(setup.repository().resolve("snapshots").resolve(SealedByHand.name(file)), file);
    }
}
