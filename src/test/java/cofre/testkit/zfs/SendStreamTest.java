package cofre.testkit.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.process.ProgramResult;
import cofre.testkit.SettableClock;
import cofre.testkit.SimulatedZfs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The simulated {@code zfs send} writes what the real one writes. */
class SendStreamTest {
    private static final int RECORD_SIZE = 131072;
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final SettableClock clock = new SettableClock("2026-11-21T10:15:00Z");
    private final SimulatedZfs zfs = new SimulatedZfs(clock);
    private final ModelDataset files = zfs.create("tank/s", ModelSettings.USUAL).files();
    private final Tree tree = new Tree(files, "");

    private void snapshot(String name) {
        zfs.snapshot("tank/s", name, Map.of());
    }

    private byte[] send(String base, String name) throws IOException {
        byte[][] read = new byte[1][];
        ProgramResult result =
                zfs.stream(List.of("send", "-i", base, "tank/s@" + name), DEADLINE, in -> read[0] = in.readAllBytes());
        assertThat(result.isSuccess()).as(result.story()).isTrue();
        return read[0];
    }

    /** One block of content in 8192: all share one array, which the model keeps. */
    private void makeGibibyte() {
        tree.dir("dir");
        tree.file("dir/one-gib.bin", "");
        byte[] block = new byte[RECORD_SIZE];
        Arrays.fill(block, (byte) 7);
        for (long at = 0; at < 1L << 30; at += RECORD_SIZE) {
            files.write(Tree.path("dir/one-gib.bin"), at, block);
        }
        tree.file("dir/small", "abc");
    }

    @Test
    void oneBlockOfAGibibyteGivesTheCapturedRecords() throws IOException {
        byte[] captured = captured();
        makeGibibyte();
        snapshot("1");
        byte[] block = new byte[RECORD_SIZE];
        new Random(1).nextBytes(block);
        files.write(Tree.path("dir/one-gib.bin"), 131_072_000, block);
        snapshot("2");

        byte[] sent = send("tank/s@1", "2");

        assertThat(StreamChecker.lines(sent)).isEqualTo(StreamChecker.lines(captured));
        assertThat(sent).hasSameSizeAs(captured);
        for (int at : new int[] {312, 624, 936, 1736, 2536, 134_720, 135_032}) {
            assertThat(withoutGuid(sent, at)).isEqualTo(withoutGuid(captured, at));
        }
    }

    /** A record without its checksum; the guids in it as zeros. */
    private static String withoutGuid(byte[] stream, int at) {
        ByteBuffer record = ByteBuffer.wrap(Arrays.copyOfRange(stream, at, at + RecordWriter.CHECKSUM))
                .order(ByteOrder.LITTLE_ENDIAN);
        long guid = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        for (int i = 0; i + 8 <= record.capacity(); i += 8) {
            if (record.getLong(i) == guid) {
                record.putLong(i, 0);
            }
        }
        return Arrays.toString(record.array());
    }

    private static byte[] captured() throws IOException {
        try (InputStream in = SendStreamTest.class.getResourceAsStream("/zfs/one-gib-128k.zsend")) {
            return in.readAllBytes();
        }
    }

    @Test
    void attributesLieWhereTheRealOnesDo() throws IOException {
        byte[] real = Arrays.copyOfRange(captured(), 2360, 2360 + 176);
        ByteBuffer in = ByteBuffer.wrap(real).order(ByteOrder.LITTLE_ENDIAN);
        ModelObject file = new ModelObject(3, cofre.format.NodeType.FILE, in.getLong(24), time(in, 112), false);
        file.mode = 0644;
        file.size = 1 << 30;
        file.parent = 2;
        file.atime = time(in, 64);
        file.mtime = time(in, 80);
        file.ctime = time(in, 96);
        byte[] made = new Bonus(file, ByteOrder.LITTLE_ENDIAN).bytes();
        // Behind the fixed attributes comes the access list, which the model has not.
        assertThat(Arrays.copyOf(made, 152)).isEqualTo(Arrays.copyOf(real, 152));
        assertThat(made).hasSameSizeAs(real);
    }

    private static Instant time(ByteBuffer in, int at) {
        return Instant.ofEpochSecond(in.getLong(at), in.getLong(at + 8));
    }

    @Test
    void truncationExtensionAndHolesGiveTheCapturedRecords() throws IOException {
        makeGibibyte();
        snapshot("1");
        tree.truncate("dir/one-gib.bin", 600L << 20);
        tree.truncate("dir/one-gib.bin", 2L << 30);
        files.write(Tree.path("dir/one-gib.bin"), 1536L << 20, new byte[] {1, 2, 3});
        tree.punch("dir/one-gib.bin", 1 << 20, 1 << 20);
        snapshot("2");

        // Real: one more range, from the old end to what was written, which the model's rule leaves to the size.
        assertThat(StreamChecker.lines(send("@1", "2")))
                .containsSubsequence(
                        "FREE 3 offset=1610743808 length=-1",
                        "FREE 3 offset=1048576 length=1048576",
                        "FREE 3 offset=629145600 length=444596224",
                        "WRITE 3 offset=1610612736 length=131072");
    }

    @Test
    void renameChmodAndABigAttributeGiveTheCapturedKindsOfRecords() throws IOException {
        makeGibibyte();
        snapshot("1");
        tree.rename("dir/one-gib.bin", "dir/other");
        tree.chmod("dir/other", 0600);
        tree.xattr("dir/other", "z".repeat(900));
        snapshot("2");
        assertThat(StreamChecker.lines(send("@1", "2")))
                .containsSubsequence(
                        "OBJECT 2 type=20 bonustype=44 blksz=512 bonuslen=176 flags=0",
                        "FREE 2 offset=512 length=-1",
                        "WRITE 2 offset=0 length=512",
                        "OBJECT 3 type=19 bonustype=44 blksz=131072 bonuslen=176 flags=4",
                        "FREE 3 offset=1073741824 length=-1",
                        "SPILL 3 length=1024 flags=0",
                        "OBJECT 4 type=19 bonustype=44 blksz=512 bonuslen=176 flags=0",
                        "FREE 4 offset=512 length=-1",
                        "FREEOBJECTS first=5 num=27",
                        "END");
    }

    @Test
    void fromABookmarkTheStreamIsTheSameAndBigEndianToo() throws IOException {
        tree.file("f");
        snapshot("1");
        zfs.run(List.of("bookmark", "tank/s@1", "tank/s#b"), DEADLINE);
        tree.append("f");
        snapshot("2");
        byte[] sent = send("@1", "2");
        zfs.destroy("tank/s", "1");
        assertThat(send("#b", "2")).isEqualTo(sent);
        zfs.changes().sendAs(ByteOrder.BIG_ENDIAN);
        byte[] big = send("tank/s#b", "2");
        assertThat(big).hasSameSizeAs(sent).isNotEqualTo(sent);
        assertThat(StreamChecker.lines(big)).isEqualTo(StreamChecker.lines(sent));
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        tree.file("f");
        snapshot("1");
        tree.append("f");
        snapshot("2");
        zfs.changes().transmit(bytes -> {
            bytes[700] ^= 1;
            return bytes;
        });
        byte[] spoilt = send("@1", "2");
        assertThatThrownBy(() -> StreamChecker.lines(spoilt)).isInstanceOf(AssertionError.class);
    }

    @Test
    void theEstimateAndTheRefusalsAreWordedAsTheRealOnes() {
        tree.file("f");
        snapshot("1");
        snapshot("2");
        assertThat(zfs.run(List.of("send", "-nP", "-i", "tank/s@1", "tank/s@2"), DEADLINE)
                        .out())
                .isEqualTo("incremental\ttank/s@1\ttank/s@2\t624\nsize\t624\n");
        assertThat(zfs.run(List.of("send", "-i", "tank/s@2", "tank/s@1"), DEADLINE)
                        .err())
                .isEqualTo("warning: cannot send 'tank/s@1': not an earlier snapshot from the same fs");
        zfs.changes().deny("send");
        assertThat(zfs.run(List.of("send", "-nP", "-i", "@1", "tank/s@2"), DEADLINE)
                        .err())
                .contains("permission denied");
    }

    @Test
    void aBlockOfObjectsThatAllAreGoneIsFreedAsOne() throws IOException {
        for (int i = 2; i < 32; i++) {
            tree.file("first" + i);
        }
        for (int i = 37; i < 64; i++) {
            tree.file("second" + i);
        }
        tree.file("64");
        tree.file("65");
        snapshot("1");
        tree.remove("64", "65");
        snapshot("2");
        assertThat(StreamChecker.lines(send("@1", "2"))).contains("FREEOBJECTS first=64 num=32");
    }
}
