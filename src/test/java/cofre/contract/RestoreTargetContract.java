package cofre.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.restore.RestoreTarget;
import cofre.restore.TargetDir;
import cofre.restore.TargetEntry;
import cofre.restore.TargetException;
import cofre.restore.TargetFile;
import cofre.restore.TargetReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every target does. */
public abstract class RestoreTargetContract {
    private static final RawName A = RawName.ofText("a");
    private static final RawName B = RawName.ofText("b");
    private static final RawName ODD = RawName.of(new byte[] {(byte) 0xff, '\n', '\\', (byte) 0xe9});
    private static final Instant TIME = Instant.parse("1999-12-31T23:59:59.123456789Z");

    private RestoreTarget target;
    private TargetDir root;

    /** A client of this test's own target, which is not there at first; a second call gives another client of the same. */
    protected abstract RestoreTarget open() throws Exception;

    @BeforeEach
    void openRoot() throws Exception {
        target = open();
        assertThat(target.lookAtRoot()).isEmpty();
        root = target.openRoot("label");
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void aNewRootIsNewAndEmptyAndThenIsThere() throws Exception {
        assertThat(root.isNew()).isTrue();
        assertThat(root.path()).isEqualTo(RawPath.ROOT);
        assertThat(root.list()).isEmpty();
        try (RestoreTarget other = open()) {
            assertThat(other.lookAtRoot()).isPresent();
            assertThat(other.openRoot("label").isNew()).isFalse();
        }
    }

    @Test
    void aFileHasItsNameOnlyWhenItIsWhole() throws Exception {
        TargetFile file = root.create(ODD);
        file.write(4, bytes("efgh"), 0, 4);
        assertThat(root.list()).doesNotContainKey(ODD);
        file = root.create(ODD);
        file.write(4, bytes("xefghx"), 1, 4);
        file.write(0, bytes("abcd"), 0, 4);
        assertThat(file.finish(10, metadata(0640))).isEmpty();
        TargetEntry entry = root.list().get(ODD);
        assertThat(entry.type()).isEqualTo(NodeType.FILE);
        assertThat(entry.size()).isEqualTo(10);
        assertThat(entry.mode()).isEqualTo(0640);
        assertThat(entry.mtime()).isEqualTo(TIME);
        assertThat(entry.links()).isEqualTo(1);
        assertThat(content(ODD)).isEqualTo("abcdefgh\0\0");
    }

    @Test
    void finishingReplacesAFileAndALinkButNoDirectory() throws Exception {
        file(A, "old");
        root.place(B, new Node.SymlinkBody(bytes("a")), metadata(0777));
        file(A, "new");
        file(B, "was a link");
        assertThat(content(A)).isEqualTo("new");
        assertThat(content(B)).isEqualTo("was a link");
        RawName dir = RawName.ofText("dir");
        root.make(dir);
        assertThatThrownBy(() -> file(dir, "x")).isInstanceOf(TargetException.Entry.class);
        assertThat(root.list().keySet()).containsExactlyInAnyOrder(A, B, dir);
    }

    @Test
    void aDiscardedFileLeavesNothing() throws Exception {
        file(A, "stays");
        TargetFile file = root.create(A);
        file.write(0, bytes("half"), 0, 4);
        file.discard();
        assertThat(content(A)).isEqualTo("stays");
        assertThat(root.list()).hasSize(1);
    }

    @Test
    void theNextRunOfTheSameRestoreRemovesPartialsAndOthersDoNot() throws Exception {
        root.create(A).write(0, bytes("half"), 0, 4);
        try (RestoreTarget other = open()) {
            assertThat(other.openRoot("other").list()).hasSize(1);
        }
        try (RestoreTarget looking = open()) {
            assertThat(looking.lookAtRoot().orElseThrow().list()).hasSize(1);
        }
        try (RestoreTarget again = open()) {
            assertThat(again.openRoot("label").list()).isEmpty();
        }
        try (RestoreTarget other = open()) {
            assertThat(other.openRoot("other").list()).isEmpty();
        }
    }

    @Test
    void directoriesAreMadeOpenedAndGivenMetadata() throws Exception {
        TargetDir made = root.make(A);
        assertThat(made.isNew()).isTrue();
        assertThat(made.path()).hasToString("/a");
        assertThatThrownBy(() -> root.make(A)).isInstanceOf(TargetException.Entry.class);
        made.make(B);
        assertThat(made.adjust(metadata(0510))).isEmpty();
        made.release();
        TargetDir opened = root.open(A);
        assertThat(opened.isNew()).isFalse();
        assertThat(opened.list()).containsOnlyKeys(B);
        assertThat(opened.entry().mode()).isEqualTo(0510);
        assertThat(opened.entry().mtime()).isEqualTo(TIME);
        assertThat(root.look(A).type()).isEqualTo(NodeType.DIR);
        assertThat(made.list()).containsOnlyKeys(B);
    }

    @Test
    void onlyARealDirectoryCanBeOpened() throws Exception {
        root.make(A);
        root.place(B, new Node.SymlinkBody(bytes("a")), metadata(0777));
        assertThatThrownBy(() -> root.open(B)).isInstanceOf(TargetException.Entry.class);
        assertThatThrownBy(() -> root.read(A)).isInstanceOf(TargetException.Entry.class);
        assertThatThrownBy(() -> root.read(B)).isInstanceOf(TargetException.Entry.class);
        assertThatThrownBy(() -> root.adjust(B, metadata(0600))).isInstanceOf(TargetException.Entry.class);
    }

    @Test
    void linksAndFifosReplaceAnythingButDirectories() throws Exception {
        file(A, "x");
        assertThat(root.place(A, new Node.SymlinkBody(bytes("../\u00e9")), metadata(0777)))
                .isEmpty();
        assertThat(root.look(A).type()).isEqualTo(NodeType.SYMLINK);
        assertThat(root.look(A).mtime()).isEqualTo(TIME);
        root.place(A, new Node.SpecialBody(NodeType.FIFO), metadata(0620));
        assertThat(root.look(A).type()).isEqualTo(NodeType.FIFO);
        assertThat(root.look(A).mode()).isEqualTo(0620);
        root.make(B);
        assertThatThrownBy(() -> root.place(B, new Node.SpecialBody(NodeType.FIFO), metadata(0600)))
                .isInstanceOf(TargetException.Entry.class);
        assertThat(root.list()).hasSize(2);
    }

    @Test
    void aSecondNameIsTheSameFile() throws Exception {
        file(A, "one");
        file(B, "two");
        TargetDir dir = root.make(RawName.ofText("dir"));
        dir.link(root, A, A);
        root.link(root, A, B);
        root.link(root, A, B);
        Object identity = root.look(A).identity();
        assertThat(root.look(B).identity()).isEqualTo(identity);
        assertThat(dir.look(A).identity()).isEqualTo(identity);
        assertThat(root.look(A).links()).isEqualTo(3);
        assertThat(root.list()).hasSize(3);
        assertThatThrownBy(() -> root.link(root, RawName.ofText("none"), RawName.ofText("c")))
                .isInstanceOf(TargetException.Entry.class);
    }

    @Test
    void aFileWithOneNameIsAdjustedAndOneWithTwoIsLeftAlone() throws Exception {
        file(A, "one");
        assertThat(root.adjust(A, metadata(0604))).isEmpty();
        assertThat(root.look(A).mode()).isEqualTo(0604);
        root.link(root, A, B);
        root.adjust(A, metadata(0666));
        assertThat(root.look(A).mode()).isEqualTo(0604);
    }

    @Test
    void attributesAreThoseOfThePoint() throws Exception {
        Xattr k = new Xattr(bytes("user.k"), new byte[] {0, (byte) 0xff});
        Xattr l = new Xattr(bytes("user.l"), new byte[0]);
        TargetFile file = root.create(A);
        assertThat(file.finish(0, metadata(0600, k, l))).isEmpty();
        try (TargetReader reader = root.read(A)) {
            assertThat(reader.has(k)).isTrue();
            assertThat(reader.has(l)).isTrue();
            assertThat(reader.has(new Xattr(bytes("user.k"), new byte[] {1}))).isFalse();
        }
        root.adjust(A, metadata(0600, l));
        try (TargetReader reader = root.read(A)) {
            assertThat(reader.has(k)).isFalse();
            assertThat(reader.has(l)).isTrue();
        }
        TargetDir dir = root.make(B);
        dir.adjust(metadata(0700, k));
        assertThat(dir.has(k)).isTrue();
        assertThat(dir.has(l)).isFalse();
    }

    @Test
    void onlyWhatIsNoDirectoryOrIsEmptyIsRemoved() throws Exception {
        file(A, "x");
        root.make(B).make(A);
        Map<RawName, TargetEntry> listed = root.list();
        root.remove(A, listed.get(A));
        assertThatThrownBy(() -> root.remove(B, listed.get(B))).isInstanceOf(TargetException.Entry.class);
        assertThat(root.list()).containsOnlyKeys(B);
        TargetDir b = root.open(B);
        b.remove(A, b.look(A));
        root.remove(B, listed.get(B));
        assertThat(root.list()).isEmpty();
    }

    private void file(RawName name, String text) throws Exception {
        TargetFile file = root.create(name);
        file.write(0, bytes(text), 0, text.length());
        file.finish(text.length(), metadata(0600));
    }

    private String content(RawName name) throws Exception {
        try (TargetReader reader = root.read(name)) {
            byte[] bytes = new byte[100];
            int got = reader.read(0, bytes, bytes.length);
            assertThat(reader.entry().size()).isEqualTo(got);
            return new String(bytes, 0, got, StandardCharsets.ISO_8859_1);
        }
    }

    private static Metadata metadata(int mode, Xattr... xattrs) {
        return new Metadata(mode, TIME, TIME, TIME, 0, 0, "", "", 0, 0, 0, Arrays.asList(xattrs), Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
