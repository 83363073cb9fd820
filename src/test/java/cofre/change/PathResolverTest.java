package cofre.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.source.SourceDir;
import cofre.source.SourceException;
import cofre.testkit.MemoryNode;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathResolverTest {
    private final MemoryNode root = MemoryNode.root();
    private final List<Long> found = new ArrayList<>();

    @Test
    void findsWhatIsThereAndItsDirectory() throws Exception {
        root.dir("a").dir("b").file("f", "x");
        root.file("t", "x");
        resolve("/", "/a/b/f", "/t", "/", "/a/b");
        assertThat(found).containsExactly(number("/a/b"), number("/a/b/f"), number("/t"), number("/a"), number("/a/b"));
    }

    @Test
    void whatIsGoneStandsForTheDirectoryWhereTheWayEnded() throws Exception {
        root.dir("a").file("file", "x");
        resolve("/", "/a/gone", "/a/gone/deep/er", "/a/file/below", "/none/x", "/none");
        assertThat(found).containsExactly(number("/a"), number("/a"), number("/a"), number("/a/file"));
    }

    @Test
    void thePathsOfAShareBelowTheFileSystemBeginWithIt() throws Exception {
        root.dir("a").file("f", "x");
        resolve("/in/share", "/in/share/a/f", "/in/other/a/f", "/in", "/in/share", "/in/shared/a", "/a/f");
        assertThat(found).containsExactly(number("/a"), number("/a/f"));
    }

    @Test
    void holdsOnlyAFewDirectoriesOpenAndClosesThem() throws Exception {
        for (int i = 0; i < 30; i++) {
            root.dir("d" + i).dir("e").file("f", "x");
        }
        try (SourceDir open = root.open();
                PathResolver resolver = new PathResolver(open, RawPath.ROOT, 3)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 30; i++) {
                    found.clear();
                    resolver.resolve(RawPath.ofDisplay("/d" + i + "/e/f"), found::add);
                    assertThat(root.openHandles()).isLessThanOrEqualTo(4);
                    assertThat(found).containsExactly(number("/d" + i + "/e"), number("/d" + i + "/e/f"));
                }
            }
        }
        assertThat(root.openHandles()).isZero();
    }

    @Test
    void whatIsNotThePathsFaultEndsIt() throws Exception {
        SourceDir broken = (SourceDir) Proxy.newProxyInstance(
                SourceDir.class.getClassLoader(), new Class<?>[] {SourceDir.class}, (proxy, method, arguments) -> {
                    throw new SourceException.NotReady("cannot open: too many open files", null);
                });
        try (Told told = new Told();
                PathResolver resolver = new PathResolver(broken, RawPath.ROOT)) {
            Collector collector = new Collector(told.catalogue, 1, 10, Optional.of(resolver));
            collector.path(RawPath.ofDisplay("/a/b"));
            assertThatThrownBy(collector::finish).isInstanceOf(SourceException.NotReady.class);
        }
    }

    /** What a collector makes of paths: changed objects of which nothing is known, so all of them is read. */
    @Test
    void collectorTakesWhatPathsLeadTo() throws Exception {
        root.dir("a").file("f", "x");
        try (Catalogue catalogue = new CatalogueStore(new MemoryDisk(), 1000, 10).create(Path.of("c"));
                SourceDir open = root.open();
                PathResolver resolver = new PathResolver(open, RawPath.ROOT)) {
            Collector collector = new Collector(catalogue, 1, 10, Optional.of(resolver));
            collector.path(RawPath.ROOT.resolve(RawName.ofText("a")).resolve(RawName.ofText("f")));
            Changes changes = collector.finish();
            assertThat(Told.all(changes.changed())).containsExactly(number("/a"), number("/a/f"));
            assertThat(changes.ranges(number("/a/f"))).isEmpty();
            assertThat(Told.all(DirectoryClosure.of(catalogue, changes, new ObjectSet())))
                    .contains(1L, number("/a"));
        }
        assertThat(root.openHandles()).isZero();
    }

    private void resolve(String share, String... paths) throws Exception {
        try (SourceDir open = root.open();
                PathResolver resolver = new PathResolver(open, RawPath.ofDisplay(share))) {
            for (String path : paths) {
                resolver.resolve(RawPath.ofDisplay(path), found::add);
            }
        }
        assertThat(root.openHandles()).isZero();
    }

    /** By another way than the one under test. */
    private long number(String path) throws Exception {
        List<RawName> names = RawPath.ofDisplay(path).names();
        try (SourceDir top = root.open()) {
            return number(top, names);
        }
    }

    private static long number(SourceDir dir, List<RawName> names) throws Exception {
        if (names.size() == 1) {
            return dir.look(names.get(0)).inode();
        }
        try (SourceDir inner = dir.enter(names.get(0))) {
            return number(inner, names.subList(1, names.size()));
        }
    }
}
