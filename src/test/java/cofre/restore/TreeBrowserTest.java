package cofre.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.NodeType;
import cofre.format.Snapshot;
import cofre.path.RawPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeBrowserTest {
    @TempDir
    Path temp;

    private PointsFixture share;
    private Snapshot point;

    @BeforeEach
    void backUp() throws Exception {
        share = new PointsFixture(temp.resolve("repo"));
        share.live.file("b", "12345").mode(0640).owner(7, 8);
        share.live.dir("a").dir("deep").file("x", "1");
        share.live.symlink("c", "to\nwhere");
        point = share.repository.snapshot(share.backup());
    }

    @AfterEach
    void close() {
        share.close();
    }

    @Test
    void listsOneDirectoryInTheOrderOfNames() throws Exception {
        List<TreeBrowser.Row> rows = list("/tank/obras", false);
        assertThat(rows)
                .extracting(row -> row.path().toString())
                .containsExactly("/tank/obras/a", "/tank/obras/b", "/tank/obras/c");
        TreeBrowser.Row b = rows.get(1);
        assertThat(b.type()).isEqualTo(NodeType.FILE);
        assertThat(b.mode()).isEqualTo(0640);
        assertThat(b.uid()).isEqualTo(7);
        assertThat(b.size()).isEqualTo(5);
        assertThat(rows.get(2).linkTarget()).contains("to\\x0awhere");
    }

    @Test
    void listsAllBelowDirectoriesBeforeTheirContent() throws Exception {
        assertThat(list("/", true))
                .extracting(row -> row.path().toString())
                .containsExactly(
                        "/tank",
                        "/tank/obras",
                        "/tank/obras/a",
                        "/tank/obras/a/deep",
                        "/tank/obras/a/deep/x",
                        "/tank/obras/b",
                        "/tank/obras/c");
    }

    @Test
    void aFileIsListedItself() throws Exception {
        assertThat(list("/tank/obras/b", true))
                .singleElement()
                .satisfies(row -> assertThat(row.size()).isEqualTo(5));
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> list("/tank/obras/none/x", false))
                .isInstanceOf(PointException.NoSuchPath.class)
                .hasMessageContaining("\"/tank/obras\" has no directory \"none\"");
    }

    @Test
    void theListenerEndsTheListing() throws Exception {
        List<RawPath> seen = new ArrayList<>();
        browser().list(point, RawPath.ROOT, true, new TreeBrowser.Rows() {
            @Override
            public boolean row(TreeBrowser.Row row) {
                seen.add(row.path());
                return seen.size() < 2;
            }

            @Override
            public void unreadable(RawPath directory, String why) {
                throw new AssertionError(why);
            }
        });
        assertThat(seen).hasSize(2);
    }

    @Test
    void typedPathsBeginAtTheTopOrAtTheSharesRoot() throws Exception {
        PointPaths paths = new PointPaths(point, share.repository.reader());
        assertThat(paths.typed("/tank/obras/b")).hasToString("/tank/obras/b");
        assertThat(paths.typed("a/deep")).hasToString("/tank/obras/a/deep");
        assertThat(paths.typed("")).hasToString("/tank/obras");
    }

    private TreeBrowser browser() {
        return new TreeBrowser(share.repository.reader());
    }

    private List<TreeBrowser.Row> list(String path, boolean recursive) throws Exception {
        List<TreeBrowser.Row> rows = new ArrayList<>();
        browser().list(point, RawPath.ofDisplay(path), recursive, new TreeBrowser.Rows() {
            @Override
            public boolean row(TreeBrowser.Row row) {
                return rows.add(row);
            }

            @Override
            public void unreadable(RawPath directory, String why) {
                throw new AssertionError(why);
            }
        });
        return rows;
    }
}
