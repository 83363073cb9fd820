package cofre.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.acl.Caller;
import cofre.acl.Want;
import cofre.browse.Attributes;
import cofre.browse.BrowseException;
import cofre.browse.EntryKind;
import cofre.browse.OpenVersionFile;
import cofre.browse.Spot;
import cofre.browse.VersionTree;
import cofre.path.RawName;
import cofre.testkit.StoreBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every tree of versions does. */
public abstract class VersionTreeContract {
    protected static final String SHARE = "obras";
    protected static final String VERSION = "0123abcd";
    private static final RawName NOT_UTF8 = RawName.of(new byte[] {'x', (byte) 0xff, (byte) 0xfe, '\n', ' '});
    private static final RawName LONG = RawName.of(filled(255));
    private static final byte[] CONTENT = StoreBytes.random(3_000_000, 42);
    private static final Caller ROOT = new Caller(0, Set.of(0L));

    /** Makes what a version shows. */
    public interface Making {
        /** A directory, to be filled, owned by 1001:1001 with mode 0755. */
        Making dir(RawName name);

        /** A file owned by these with this mode. */
        void file(RawName name, byte[] content, int mode, long uid, long gid);

        /** A symbolic link. */
        void symlink(RawName name, byte[] target);

        /** A file with two names, the second given. */
        void twoNames(RawName name, RawName second, byte[] content);

        /** A file with an extended attribute. */
        void withAttribute(RawName name, String attribute, byte[] value);
    }

    /** A tree with one share and one version of it (any name), which holds what is made. */
    protected abstract VersionTree show(Consumer<Making> content) throws Exception;

    /** The root of the only version. */
    protected static Spot version(VersionTree tree) throws BrowseException {
        return tree.list(tree.list(tree.top()).get(0).spot()).get(0).spot();
    }

    /** An entry that must be there. */
    protected static Spot at(VersionTree tree, String path) throws BrowseException {
        Spot spot = version(tree);
        for (String name : path.split("/", -1)) {
            spot = tree.find(spot, RawName.ofText(name)).orElseThrow();
        }
        return spot;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'n');
        return bytes;
    }

    private static void sample(Making root) {
        root.file(RawName.ofText("a"), "hello".getBytes(StandardCharsets.UTF_8), 0640, 7, 8);
        root.file(RawName.ofText("empty"), new byte[0], 0600, 7, 8);
        root.file(RawName.ofText("large"), CONTENT, 04755, 7, 8);
        root.file(NOT_UTF8, new byte[] {1}, 0644, 7, 8);
        root.file(LONG, new byte[] {2}, 0644, 7, 8);
        root.dir(RawName.ofText("d")).dir(RawName.ofText("e")).file(RawName.ofText("f"), new byte[] {3}, 0644, 7, 8);
        root.symlink(RawName.ofText("l"), new byte[] {'/', (byte) 0xff, 'z'});
        root.twoNames(RawName.ofText("one"), RawName.ofText("two"), new byte[] {4});
        root.withAttribute(RawName.ofText("x"), "user.DOSATTRIB", new byte[] {0, 1, 2});
    }

    @Test
    void leadsFromTheTopToAVersion() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        assertThat(tree.top().inode()).isEqualTo(1);
        assertThat(tree.top().parent()).isEmpty();
        List<VersionTree.Listed> shares = tree.list(tree.top());
        assertThat(shares).hasSize(1);
        Spot share = shares.get(0).spot();
        assertThat(tree.find(tree.top(), shares.get(0).name())).contains(share);
        assertThat(share.parent()).contains(tree.top());
        List<VersionTree.Listed> versions = tree.list(share);
        assertThat(versions).hasSize(1);
        Spot version = versions.get(0).spot();
        assertThat(tree.find(share, versions.get(0).name())).contains(version);
        assertThat(version.parent()).contains(share);
        assertThat(version.kind()).isEqualTo(EntryKind.DIRECTORY);
        assertThat(tree.attributes(share).mode()).isEqualTo(0755);
        assertThat(tree.find(tree.top(), RawName.ofText("none"))).isEmpty();
        assertThat(tree.find(share, RawName.ofText("none"))).isEmpty();
    }

    @Test
    void listsAndFindsTheSame() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        Spot version = version(tree);
        List<VersionTree.Listed> all = tree.list(version);
        assertThat(all).hasSize(10);
        assertThat(tree.list(version)).isEqualTo(all);
        for (VersionTree.Listed entry : all) {
            Spot found = tree.find(version, entry.name()).orElseThrow();
            assertThat(found).isEqualTo(entry.spot()).hasSameHashCodeAs(entry.spot());
            assertThat(found.parent()).contains(version);
            assertThat(tree.attributes(found).inode()).isEqualTo(found.inode());
        }
        assertThat(all).extracting(VersionTree.Listed::name).contains(NOT_UTF8, LONG);
        assertThat(tree.find(version, RawName.ofText("A")))
                .as("names are bytes")
                .isEmpty();
        assertThat(tree.find(version, RawName.ofText("x\ufffd\n "))).isEmpty();
    }

    @Test
    void tellsAttributes() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        Attributes file = tree.attributes(at(tree, "large"));
        assertThat(file.mode()).isEqualTo(04755);
        assertThat(file.uid()).isEqualTo(7);
        assertThat(file.gid()).isEqualTo(8);
        assertThat(file.size()).isEqualTo(CONTENT.length);
        assertThat(file.kind()).isEqualTo(EntryKind.FILE);
        assertThat(file.links()).isEqualTo(1);
        assertThat(tree.attributes(at(tree, "l")).size()).isEqualTo(3);
        assertThat(tree.attributes(at(tree, "d")).links()).isPositive();
        assertThat(tree.linkTarget(at(tree, "l"))).containsExactly('/', 0xff, 'z');
    }

    @Test
    void inodesAreOfEntriesAndNotOfNames() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        long[] inodes = tree.list(version(tree)).stream()
                .mapToLong(entry -> entry.spot().inode())
                .distinct()
                .toArray();
        assertThat(inodes).hasSize(9).doesNotContain(0, 1);
        assertThat(at(tree, "one").inode()).isEqualTo(at(tree, "two").inode());
        assertThat(at(tree, "one")).isNotEqualTo(at(tree, "two"));
        assertThat(tree.attributes(at(tree, "one")).links()).isEqualTo(2);
    }

    @Test
    void showsExtendedAttributes() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        Spot spot = at(tree, "x");
        byte[] name = "user.DOSATTRIB".getBytes(StandardCharsets.UTF_8);
        assertThat(tree.extendedAttributes(spot)).containsExactly(name);
        assertThat(tree.extendedAttribute(spot, name))
                .hasValueSatisfying(v -> assertThat(v).containsExactly(0, 1, 2));
        assertThat(tree.extendedAttribute(spot, "user.no".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(tree.extendedAttributes(tree.top())).isEmpty();
        assertThat(tree.extendedAttributes(version(tree))).isEmpty();
    }

    @Test
    void readsAnyPartOfAFile() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        try (OpenVersionFile file = tree.open(at(tree, "large"))) {
            byte[] into = new byte[CONTENT.length + 10];
            assertThat(file.read(0, into, 5, CONTENT.length + 5)).isEqualTo(CONTENT.length);
            assertThat(Arrays.copyOfRange(into, 5, 5 + CONTENT.length)).isEqualTo(CONTENT);
            assertThat(into[4]).isZero();
            for (int offset = 0; offset < CONTENT.length; offset += 77_777) {
                int length = Math.min(100_000, CONTENT.length - offset);
                assertThat(file.read(offset, into, 0, 100_000)).isEqualTo(length);
                assertThat(Arrays.copyOf(into, length)).isEqualTo(Arrays.copyOfRange(CONTENT, offset, offset + length));
            }
            assertThat(file.read(CONTENT.length, into, 0, 10)).isZero();
            assertThat(file.read(Long.MAX_VALUE - 5, into, 0, 10)).isZero();
            assertThat(file.read(0, into, 0, 0)).isZero();
        }
        try (OpenVersionFile file = tree.open(at(tree, "empty"))) {
            assertThat(file.read(0, new byte[1], 0, 1)).isZero();
        }
        try (OpenVersionFile file = tree.open(at(tree, "d/e/f"))) {
            byte[] one = new byte[1];
            assertThat(file.read(0, one, 0, 1)).isEqualTo(1);
            assertThat(one).containsExactly(3);
        }
    }

    @Test
    void saysWhatAKindDoesNotHave() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        Spot file = at(tree, "a");
        Spot directory = at(tree, "d");
        assertThatThrownBy(() -> tree.list(file)).isInstanceOf(BrowseException.WrongKind.class);
        assertThatThrownBy(() -> tree.find(file, RawName.ofText("b"))).isInstanceOf(BrowseException.WrongKind.class);
        assertThatThrownBy(() -> tree.open(directory)).isInstanceOf(BrowseException.WrongKind.class);
        assertThatThrownBy(() -> tree.open(tree.top())).isInstanceOf(BrowseException.WrongKind.class);
        assertThatThrownBy(() -> tree.linkTarget(file)).isInstanceOf(BrowseException.WrongKind.class);
    }

    @Test
    void rootAndEverybodyMayComeIn() throws Exception {
        VersionTree tree = show(VersionTreeContract::sample);
        Caller anybody = new Caller(4711, Set.of(4711L));
        assertThat(tree.permits(anybody, tree.top(), Want.READ)).isTrue();
        assertThat(tree.permits(ROOT, at(tree, "a"), Want.READ)).isTrue();
        assertThat(tree.permits(ROOT, tree.top(), Want.READ)).isTrue();
    }
}
