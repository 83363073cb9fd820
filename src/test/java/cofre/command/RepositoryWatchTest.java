package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.config.PasswordSource;
import cofre.config.RepositoryCare;
import cofre.config.RepositoryLocation;
import cofre.config.RepositorySettings;
import cofre.config.TlsFiles;
import cofre.format.SnapshotId;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.repository.RepositoryException;
import cofre.state.KnownRepository.OwnPoint;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryWatchTest {
    private static final RepositorySettings SETTINGS = new RepositorySettings(
            "r",
            new RepositoryLocation.Local(Path.of("/none")),
            new PasswordSource.File(Path.of("/none")),
            new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty()),
            RepositorySettings.Compression.AUTO,
            16L << 20,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ZERO,
            RepositoryCare.none());

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemoryBackend store = MemoryBackend.ready();
    private final List<String> told = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void phase(String name) {}

        @Override
        public void total(long files, long bytes) {}

        @Override
        public void add(long files, long bytes) {}

        @Override
        public void message(Level level, String text) {
            told.add(level + " " + text);
        }
    };
    private RepositoryWatch watch;
    private Repository repository;

    @BeforeEach
    void init() throws Exception {
        watch = new RepositoryWatch(new Memories(dir, Clock.systemUTC(), System::nanoTime));
        repository = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        watch.made(SETTINGS, repository);
    }

    /** A restore point of this host: what is in it does not matter here. */
    private SnapshotId point(int number) {
        byte[] bytes = {(byte) number};
        FileHandle file = StoreBytes.handle(FileType.SNAPSHOTS, bytes);
        store.plant(file, bytes);
        SnapshotId id = SnapshotId.parse(file.name());
        Instant time = clock.instant().plus(Duration.ofDays(number));
        watch.added(SETTINGS, new OwnPoint(id, "s", time, "host:/s"), progress);
        return id;
    }

    private void delete(SnapshotId id) {
        store.delete(new FileHandle(FileType.SNAPSHOTS, id.hex()));
    }

    @Test
    void whatThisHostForgotItselfIsNotMissed() throws Exception {
        SnapshotId older = point(1);
        SnapshotId newer = point(2);
        delete(older);
        delete(newer);
        watch.forgotten(SETTINGS, List.of(older, newer), progress);
        watch.refuseUnrecognised(SETTINGS, repository, progress);
        assertThat(told).isEmpty();
    }

    @Test
    void s7WhatSomebodyElseDeletedIsRefusedUntilItIsAcceptedOrBack() throws Exception {
        point(1);
        SnapshotId newer = point(2);
        byte[] content = store.get(new FileHandle(FileType.SNAPSHOTS, newer.hex()), 10);
        delete(newer);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> watch.refuseUnrecognised(SETTINGS, repository, progress))
                    .isInstanceOf(RepositoryException.Unrecognised.class)
                    .hasMessageContaining("1 of 2 restore points")
                    .hasMessageContaining("cofre accept r");
        }
        store.plant(new FileHandle(FileType.SNAPSHOTS, newer.hex()), content);
        watch.refuseUnrecognised(SETTINGS, repository, progress);
        delete(newer);
        assertThat(watch.accept(SETTINGS, repository)).hasSize(1);
        watch.refuseUnrecognised(SETTINGS, repository, progress);
        assertThat(watch.known(SETTINGS, progress).orElseThrow().points()).hasSize(1);
    }

    @Test
    void whatCannotBeRememberedIsToldAndStopsNothing() throws Exception {
        Files.delete(dir.resolve("repositories/r.json"));
        Files.createDirectory(dir.resolve("repositories/r.json"));
        Files.createFile(dir.resolve("repositories/r.json/in the way"));
        watch.refuseUnrecognised(SETTINGS, repository, progress);
        assertThat(told).anyMatch(text -> text.startsWith("WARNING cannot remember what repository r is like"));
    }
}
