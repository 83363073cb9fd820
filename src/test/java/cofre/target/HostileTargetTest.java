package cofre.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.restore.TargetDir;
import cofre.restore.TargetException;
import cofre.restore.TargetFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody may write in the target while a restore runs as root. */
class HostileTargetTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);
    private static final RawName D = RawName.ofText("d");
    private static final RawName VICTIM = RawName.ofText("victim");
    private static final Metadata METADATA = new Metadata(
            04777, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 1234, 1234, "", "", 0, 0, 0, List.of(), Map.of());

    @TempDir
    Path temp;

    private Path to;
    private Path outside;
    private Instant untouched;

    @BeforeEach
    void layTripwire() throws Exception {
        to = Files.createDirectory(temp.resolve("to"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "secret");
        untouched = Files.getLastModifiedTime(outside).toInstant();
    }

    @AfterEach
    void nothingOutsideWasTouched() throws Exception {
        try (Stream<Path> names = Files.list(outside)) {
            assertThat(names).containsExactly(outside.resolve("victim"));
        }
        assertThat(outside.resolve("victim")).hasContent("secret");
        assertThat(Files.getLastModifiedTime(outside).toInstant()).isEqualTo(untouched);
        for (Path path : List.of(outside, outside.resolve("victim"))) {
            assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(0);
            assertThat((int) Files.getAttribute(path, "unix:mode") & 06000).isZero();
        }
    }

    @Test
    void aRacerWhoSwapsADirectoryForALinkGainsNothing() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Files.createDirectory(to.resolve("d"));
        Path aside = to.resolve("aside");
        Path link = Files.createSymbolicLink(to.resolve("link"), outside);
        Thread racer = new Thread(() -> swapUntil(stop, to.resolve("d"), aside, link));
        racer.start();
        int refused = 0;
        int done = 0;
        try (DirectoryTarget target = target(1)) { // nothing stays open: every step goes by the name again
            TargetDir root = target.openRoot("x");
            for (int i = 0; i < 20_000; i++) {
                try {
                    step(root.open(D), i);
                    done++;
                } catch (TargetException.Entry e) {
                    refused++;
                }
            }
        } finally {
            stop.set(true);
            racer.join();
        }
        assertThat(done).isPositive();
        assertThat(refused).isPositive();
    }

    private static void step(TargetDir dir, int i) throws TargetException {
        switch (i % 5) {
            case 0 -> {
                TargetFile file = dir.create(VICTIM);
                file.write(0, new byte[] {1}, 0, 1);
                file.finish(1, METADATA);
            }
            case 1 -> dir.place(VICTIM, new Node.SpecialBody(NodeType.FIFO), METADATA);
            case 2 -> dir.adjust(METADATA);
            case 3 -> dir.remove(VICTIM, dir.look(VICTIM));
            default -> dir.adjust(VICTIM, METADATA);
        }
    }

    private static void swapUntil(AtomicBoolean stop, Path dir, Path aside, Path link) {
        try {
            while (!stop.get()) {
                Files.move(dir, aside, StandardCopyOption.ATOMIC_MOVE);
                Files.move(link, dir, StandardCopyOption.ATOMIC_MOVE);
                Files.move(dir, link, StandardCopyOption.ATOMIC_MOVE);
                Files.move(aside, dir, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aDirectoryPutInThePlaceOfOursIsNotEntered() throws Exception {
        try (DirectoryTarget target = target(1)) {
            TargetDir root = target.openRoot("x");
            TargetDir d = root.make(D);
            root.make(RawName.ofText("e")); // d is not held open any more
            Files.move(to.resolve("d"), to.resolve("was d"));
            Files.createDirectory(to.resolve("d"));
            assertThatThrownBy(() -> d.create(VICTIM))
                    .isInstanceOf(TargetException.Entry.class)
                    .hasMessageContaining("something else");
            assertThatThrownBy(() -> d.adjust(METADATA)).isInstanceOf(TargetException.Entry.class);
        }
        assertThat(Files.getAttribute(to.resolve("d"), "unix:uid")).isEqualTo(0);
    }

    @Test
    void aPartialPutInThePlaceOfOursIsNotWrittenTo() throws Exception {
        try (DirectoryTarget target = target(1)) {
            TargetDir root = target.openRoot("x");
            TargetFile file = root.create(VICTIM);
            file.write(0, new byte[] {1}, 0, 1);
            root.make(D);
            root.make(RawName.ofText("e"));
            Path partial;
            try (Stream<Path> all = Files.list(to)) {
                partial = all.filter(p -> p.getFileName().toString().startsWith(".cofre-restore-"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.delete(partial);
            Files.createLink(partial, outside.resolve("victim"));
            assertThatThrownBy(() -> file.write(1, new byte[] {2}, 0, 1)).isInstanceOf(TargetException.Entry.class);
            assertThatThrownBy(() -> file.finish(2, METADATA)).isInstanceOf(TargetException.Entry.class);
            assertThat(Files.exists(partial, LinkOption.NOFOLLOW_LINKS)).isFalse();
        }
    }

    @Test
    void aFifoOrDeviceWhereAFileIsExpectedDoesNotHangUs() throws Exception {
        new ProcessBuilder("mkfifo", to.resolve("victim").toString()).start().waitFor();
        try (DirectoryTarget target = target(8)) {
            TargetDir root = target.openRoot("x");
            assertThatThrownBy(() -> root.read(VICTIM)).isInstanceOf(TargetException.Entry.class);
            assertThatThrownBy(() -> root.adjust(VICTIM, METADATA)).isInstanceOf(TargetException.Entry.class);
        }
    }

    @Test
    void theNumberOfDescriptorsIsBounded() throws Exception {
        try (DirectoryTarget target = target(16)) {
            TargetDir at = target.openRoot("x");
            List<TargetFile> files = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                at = at.make(D);
                files.add(at.create(RawName.ofText("f")));
            }
            assertThat(target.openCount()).isLessThanOrEqualTo(16);
            for (TargetFile file : files) {
                file.write(0, new byte[] {1}, 0, 1);
                file.finish(1, METADATA);
            }
            assertThat(target.openCount()).isLessThanOrEqualTo(16);
        }
    }

    private DirectoryTarget target(int open) {
        return new DirectoryTarget(POSIX, RawPath.of(to.toString().getBytes(StandardCharsets.UTF_8)), () -> 1, open);
    }
}
