package cofre.browse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobId;
import cofre.format.Sha256;
import cofre.testkit.StoreBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeStoreTest {
    private static final long LARGE = 64 << 20;
    private static final int LENGTH = 900;

    @TempDir
    Path temp;

    private static SealedTree tree(int seed) {
        byte[] bytes = StoreBytes.random(LENGTH + 20, seed);
        return new SealedTree(new BlobId(Sha256.hash(bytes)), seed, bytes, 7, LENGTH);
    }

    private static void assertKept(TreeStore store, SealedTree tree) {
        assertThat(store.read(tree.id())).hasValueSatisfying(found -> {
            assertThat(found.uncompressedLength()).isEqualTo(tree.uncompressedLength());
            assertThat(Arrays.copyOfRange(found.sealed(), found.offset(), found.offset() + found.length()))
                    .isEqualTo(Arrays.copyOfRange(tree.sealed(), tree.offset(), tree.offset() + tree.length()));
        });
    }

    private TreeStore open(long bytes) throws IOException {
        return TreeStore.open(temp.resolve("store"), bytes);
    }

    @Test
    void whatIsKeptIsThereAfterARestartAndForTheOwnerAlone() throws Exception {
        try (TreeStore store = open(LARGE)) {
            for (int i = 0; i < 3000; i++) {
                store.keep(tree(i));
            }
            store.complete(new long[] {TreeTable.key(tree(1).id())});
        }
        try (TreeStore store = open(LARGE)) {
            for (int i = 0; i < 3000; i++) {
                assertKept(store, tree(i));
            }
            assertThat(store.isComplete(tree(1).id())).isTrue();
            assertThat(store.isComplete(tree(2).id())).isFalse();
            assertThat(store.has(tree(3001).id())).isFalse();
            store.keep(tree(3001));
            assertKept(store, tree(3001));
        }
        assertThat(Files.getPosixFilePermissions(temp.resolve("store")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(temp.resolve("store"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void staysWithinItsBytesAndKeepsWhatIsUsed() throws Exception {
        long most = 2 << 20;
        try (TreeStore store = open(most)) {
            store.keep(tree(0));
            store.complete(new long[] {TreeTable.key(tree(0).id())});
            for (int i = 1; i < 10_000; i++) {
                assertKept(store, tree(0));
                store.keep(tree(i));
            }
            assertKept(store, tree(0));
            assertKept(store, tree(9_999));
            assertThat(store.has(tree(1).id())).isFalse();
            assertThat(store.isComplete(tree(0).id())).as("something has gone").isFalse();
            assertThat(store.bytes()).isLessThanOrEqualTo(most + most / 8);
            assertThat(size()).isLessThanOrEqualTo(most + most / 8);
        }
    }

    private long size() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(temp.resolve("store"))) {
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    @Test
    void aTornTailIsLeftOutAndWrittenOver() throws Exception {
        try (TreeStore store = open(LARGE)) {
            for (int i = 0; i < 10; i++) {
                store.keep(tree(i));
            }
        }
        Path segment = temp.resolve("store").resolve("trees-00000001");
        byte[] all = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(all, all.length - 500));
        try (TreeStore store = open(LARGE)) {
            assertKept(store, tree(8));
            assertThat(store.has(tree(9).id())).isFalse();
            store.keep(tree(10));
            store.keep(tree(9));
        }
        try (TreeStore store = open(LARGE)) {
            for (int i = 0; i <= 10; i++) {
                assertKept(store, tree(i));
            }
        }
    }

    @Test
    void theWordThatTreesAreCompleteFallsWithOneOfThem() throws Exception {
        try (TreeStore store = open(LARGE)) {
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                store.keep(tree(i));
                keys.add(TreeTable.key(tree(i).id()));
            }
            store.complete(keys.stream().mapToLong(Long::longValue).toArray());
            store.complete(new long[] {TreeTable.key(tree(99).id())});
            assertThat(store.isComplete(tree(99).id())).isFalse();
        }
        Path segment = temp.resolve("store").resolve("trees-00000001");
        byte[] all = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(all, all.length - 1000));
        try (TreeStore store = open(LARGE)) {
            assertThat(store.has(tree(0).id())).isTrue();
            assertThat(store.isComplete(tree(0).id())).isFalse();
        }
    }

    @Test
    void whatIsNotOursIsPassedOver() throws Exception {
        Path store = Files.createDirectories(temp.resolve("store"));
        Files.write(store.resolve("trees-00000007"), StoreBytes.random(10_000, 1));
        Files.write(store.resolve("complete"), StoreBytes.random(1_003, 2));
        Files.write(store.resolve("trees-99999999"), new byte[0]);
        Files.createDirectory(store.resolve("trees-00000009"));
        try (TreeStore opened = open(LARGE)) {
            opened.keep(tree(1));
            assertKept(opened, tree(1));
        }
        try (TreeStore opened = open(LARGE)) {
            assertKept(opened, tree(1));
        }
    }

    @Test
    void anInterruptedReaderHarmsNobodyElse() throws Exception {
        try (TreeStore store = open(LARGE)) {
            store.keep(tree(1));
            Thread.currentThread().interrupt();
            assertThat(store.read(tree(1).id())).isEmpty();
            assertThat(Thread.interrupted()).isTrue();
            assertKept(store, tree(1));
        }
    }

    @Test
    void halfAMillionDirectoriesTakeFewBytesEach() {
        TreeTable table = new TreeTable();
        java.util.Random random = new java.util.Random(1);
        long[] keys = random.longs(500_000).filter(key -> key != 0).toArray();
        for (long key : keys) {
            table.put(key, key >>> 1);
        }
        for (long key : keys) {
            assertThat(table.find(key) == key >>> 1).isTrue();
        }
        assertThat(table.find(4711)).isEqualTo(TreeTable.NOWHERE);
        assertThat(table.memory()).isLessThan(500_000 * 45L);
    }
}
