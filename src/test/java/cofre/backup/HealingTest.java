package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BadCopy;
import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.PackId;
import cofre.format.Sha256;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.progress.Progress;
import cofre.repository.CheckRun;
import cofre.repository.Repositories;
import cofre.repository.Repository;
import cofre.source.Frozen;
import cofre.source.SnapshotSource;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.testkit.Engines;
import cofre.testkit.MemoryBackend;
import cofre.testkit.MemoryNode;
import cofre.testkit.MemorySource;
import cofre.testkit.PointContents;
import cofre.testkit.SettableClock;
import cofre.testkit.StoreBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S3, S6: what was found bad or missing is kept anew by the next run, as long as its source still has it. */
@Timeout(60)
class HealingTest {
    private final MemoryBackend store = MemoryBackend.ready();
    private final SettableClock clock = new SettableClock("2026-03-01T10:00:00Z");
    private final MemorySource source = new MemorySource(clock);
    private final MemoryNode live = source.tree("tank/s");
    private final Remembering memory = new Remembering();
    private final List<String> said = new ArrayList<>();
    private Repository first;

    /** Remembers bad copies as a host does. */
    private static final class Remembering implements BackupRun.Memory {
        private final Engines.HostMemory host = new Engines.HostMemory();
        private final Set<BadCopy> bad = new LinkedHashSet<>();
        private final Set<BadCopy> seen = new LinkedHashSet<>();

        @Override
        public List<PackId> packsBegun() {
            return host.packsBegun();
        }

        @Override
        public void packBegun(PackId pack) {
            host.packBegun(pack);
        }

        @Override
        public void committed(String share, LastRun run, Frozen view) {
            host.committed(share, run, view);
        }

        @Override
        public Set<BadCopy> badCopies() {
            return Set.copyOf(bad);
        }

        @Override
        public Set<BadCopy> badCopiesSince(String share) {
            Set<BadCopy> news = new LinkedHashSet<>(bad);
            news.removeAll(seen);
            return news;
        }

        @Override
        public void goneOver(String share, Set<BadCopy> copies) {
            seen.addAll(copies);
        }
    }

    @BeforeEach
    void makeRepository() throws Exception {
        first = new Repositories(Engines.engine(clock)).init(store, Engines.password());
        live.file(RawName.ofText("big"), StoreBytes.random(3 << 20, 1));
        live.file(RawName.ofText("other"), StoreBytes.random(200_000, 2));
        live.dir("d").file("small", "a small one");
        backUp();
    }

    private BackupReport backUp() throws Exception {
        clock.advance(Duration.ofHours(1));
        said.clear();
        Repository session = first.session();
        return new BackupRun(
                        Engines.tools(session, clock),
                        session,
                        memory,
                        Progress.ofMessages((level, text) -> said.add(text)))
                .run(new BackupRun.Job(
                        "s",
                        source,
                        new SnapshotSource.Request("s", "tank/s", RawPath.ofDisplay("/tank/s")),
                        ExcludeRules.none(),
                        "run"));
    }

    /** A check with data; what it finds bad is remembered. */
    private CheckRun.Report check() throws Exception {
        CheckRun.Report report = new CheckRun(first.session(), "r", Progress.NONE).run(true);
        memory.bad.clear();
        memory.bad.addAll(report.bad());
        return report;
    }

    private List<FileHandle> packs() {
        List<FileHandle> packs = new ArrayList<>();
        store.list(FileType.DATA, file -> packs.add(new FileHandle(FileType.DATA, file.name())));
        return packs;
    }

    private void assertNewestIsWhole(BackupReport report) throws Exception {
        Repository session = first.session();
        session.loadIndex(Progress.NONE);
        assertThat(PointContents.of(session.reader(), session.snapshot(report.snapshot())))
                .isEqualTo(PointContents.of(live, "/tank/s"));
    }

    enum Harm {
        ONE_BYTE,
        CUT,
        GONE
    }

    @ParameterizedTest
    @EnumSource
    void s6WhatACheckFindsBadIsKeptAnewByTheNextRun(Harm harm) throws Exception {
        for (FileHandle pack : packs()) {
            byte[] bytes = store.get(pack, Integer.MAX_VALUE);
            switch (harm) {
                case ONE_BYTE -> {
                    bytes[100] ^= 1;
                    store.plant(pack, bytes);
                }
                case CUT -> store.plant(pack, java.util.Arrays.copyOf(bytes, 60));
                default -> store.delete(pack);
            }
        }
        CheckRun.Report before = check();
        assertThat(before.isSound()).isFalse();
        assertThat(before.bad()).isNotEmpty();
        BackupReport report = backUp();
        assertThat(said).anyMatch(text -> text.contains("blobs of the repository were found bad"));
        assertThat(said)
                .anyMatch(text -> text.contains(before.bad().size() + " of "
                        + before.bad().size() + " blobs found bad in the repository are kept anew from share s"));
        assertNewestIsWhole(report);
        CheckRun.Report after = check();
        assertThat(after.findings()).as("the bad packs are told of still").isNotEmpty();
        assertThat(after.findings())
                .allMatch(finding -> finding.meaning().contains("everything in it can still be had")
                        && finding.advice().contains("cofre repair packs r"));
    }

    @Test
    void s6OnlyTheFilesOfBadBlobsAreReadAgainAndOnlyOnce() throws Exception {
        FileHandle pack = new FileHandle(
                FileType.DATA, place(StoreBytes.random(200_000, 2)).hex());
        BadCopy bad =
                new BadCopy(blob(StoreBytes.random(200_000, 2)), java.util.Optional.of(PackId.parse(pack.name())));
        memory.bad.add(bad);
        assertThat(backUp().bytesRead()).isEqualTo(200_000);
        assertThat(backUp().bytesRead()).isZero();
        assertThat(said).noneMatch(text -> text.contains("found bad"));
    }

    @Test
    void s6WhatTheSourceHasNoMoreIsSaidAndNotLookedForAgain() throws Exception {
        byte[] other = StoreBytes.random(200_000, 2);
        memory.bad.add(new BadCopy(blob(other), java.util.Optional.of(place(other))));
        live.remove("other");
        backUp();
        assertThat(said).anyMatch(text -> text.contains("0 of 1 blobs found bad") && text.contains("not in it"));
        live.file(RawName.ofText("again"), other);
        assertNewestIsWhole(backUp());
        assertThat(said).noneMatch(text -> text.contains("found bad"));
        Repository session = first.session();
        session.loadIndex(Progress.NONE);
        assertThat(session.index().findAll(blob(other)))
                .as("it came back by itself")
                .hasSize(2);
    }

    @Test
    void whatAReaderMeetsIsTold() throws Exception {
        byte[] other = StoreBytes.random(200_000, 2);
        store.delete(new FileHandle(FileType.DATA, place(other).hex()));
        Set<BadCopy> met = new LinkedHashSet<>();
        Repository session = first.session().tellBadCopiesTo(met::add);
        session.loadIndex(Progress.NONE);
        PackId pack = place(other);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> session.reader().read(blob(other)))
                .hasMessageContaining("cannot read");
        assertThat(met).containsExactly(new BadCopy(blob(other), java.util.Optional.of(pack)));
    }

    private static BlobHandle blob(byte[] content) {
        return new BlobHandle(BlobType.DATA, new BlobId(Sha256.hash(content)));
    }

    private PackId place(byte[] content) throws Exception {
        Repository session = first.session();
        session.loadIndex(Progress.NONE);
        return session.index().find(blob(content)).orElseThrow().pack();
    }
}
