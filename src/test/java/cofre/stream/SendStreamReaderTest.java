package cofre.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.source.ObjectAttributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SendStreamReaderTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final long BEYOND = 1L << 48;

    static List<ByteOrder> orders() {
        return List.of(LITTLE, ByteOrder.BIG_ENDIAN);
    }

    @Test
    void readsARealStream() throws Exception {
        Heard heard = new Heard();

        read(heard, fixture(), 0xc6136885_4ea6e419L, 0x1bf3513e_1cca6902L);

        assertThat(heard.lines)
                .containsExactly(
                        "object 1 INTERNAL",
                        "hole 1 512 to the end",
                        "hole 1 512 1024",
                        "object 2 DIRECTORY with attributes",
                        "hole 2 512 to the end",
                        "object 3 FILE with attributes",
                        "hole 3 1073741824 to the end",
                        "write 3 131072000 131072",
                        "object 4 FILE with attributes",
                        "hole 4 512 to the end",
                        "freed 5 27");
        ObjectAttributes file = heard.attributes.get(1);
        assertThat(file.ctime()).isEqualTo(Instant.ofEpochSecond(1795288556, 116329505));
        assertThat(file.size()).isEqualTo(1L << 30);
        assertThat(file.mode()).isEqualTo(0100644);
        assertThat(file.parent()).isEqualTo(2);
        assertThat(file.links()).isEqualTo(1);
        assertThat(heard.attributes.get(0).parent()).isEqualTo(34);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void tellsWhatEveryKindOfRecordSays(ByteOrder order) throws Exception {
        Heard heard = new Heard();

        read(heard, StreamBytes.sample(order).bytes());

        assertThat(heard.lines)
                .containsExactly(
                        "object 1 INTERNAL",
                        "hole 1 512 to the end",
                        "object 2 DIRECTORY with attributes",
                        "object 3 FILE with attributes",
                        "hole 3 512 to the end",
                        "hole 3 0 512",
                        "write 3 1024 512",
                        "write 3 2048 131072",
                        "write 3 4096 512",
                        "spill 3",
                        "freed 4 28");
        assertThat(heard.attributes.get(1))
                .isEqualTo(new ObjectAttributes(
                        0100644,
                        11,
                        9,
                        1000,
                        1001,
                        2,
                        false,
                        Instant.ofEpochSecond(2000, 2),
                        Instant.ofEpochSecond(3000, 3),
                        1));
    }

    @Test
    void everyTruncationIsFound() {
        byte[] good = StreamBytes.sample(LITTLE).bytes();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> read(new Heard(), cut))
                    .isInstanceOf(BadStreamException.class)
                    .hasMessageContaining("the end after");
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] good = StreamBytes.sample(LITTLE).bytes();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read(new Heard(), bad)).isInstanceOf(BadStreamException.class);
        }
    }

    @Test
    void nothingMayFollowTheEnd() {
        byte[] good = StreamBytes.sample(LITTLE).bytes();

        assertThatThrownBy(() -> read(new Heard(), Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(BadStreamException.class)
                .hasMessage("byte " + good.length
                        + " of the stream: more bytes vs the end of the stream after its last record");
    }

    @Test
    void readsTheSameInSmallPieces() throws Exception {
        Heard whole = new Heard();
        Heard pieces = new Heard();
        byte[] good = StreamBytes.sample(LITTLE).bytes();
        read(whole, good);

        InputStream slow = new ByteArrayInputStream(good) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 7));
            }
        };
        new SendStreamReader(StreamBytes.FROM, StreamBytes.TO, pieces).read(slow);

        assertThat(pieces.lines).isEqualTo(whole.lines);
    }

    @Test
    void refusesAnotherPairOfSnapshots() {
        byte[] good = StreamBytes.sample(LITTLE).bytes();

        assertThatThrownBy(() -> read(new Heard(), good, 1, StreamBytes.TO))
                .hasMessageContaining("begins at the snapshot with guid 17293822569102704641 vs 1");
        assertThatThrownBy(() -> read(new Heard(), good, StreamBytes.FROM, 2)).hasMessageContaining("leads to");
    }

    @Test
    void refusesStreamsThatWereNotAskedFor() {
        refused(begin(16, 2), "a stream of type 2 vs 1");
        refused(begin(16, 1 | 1L << 26), "features 0x1000000"); // raw
        refused(begin(16, 1 | 1L << 23), "features 0x200000"); // redacted
        refused(begin(16, 1 | 1L << 22), "features 0x100000"); // resumed
        refused(begin(16, 1 | 1L << 2), "features 0x1"); // deduplicated
        refused(begin(16, 1 | 1L << 60), "features"); // of another time
        refused(new StreamBytes(LITTLE).begin().with(r -> r.putInt(32, 3)), "a dataset of type 3");
        refused(new StreamBytes(LITTLE).begin().with(r -> r.putInt(4, 1 << 30)), "payload length");
        refused(begin(8, 1), "no beginning");
        refused(new StreamBytes(LITTLE).object(2, 19, 0, new byte[0]), "no beginning");
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        refused(some().object(0, 19, 0, new byte[0]), "object number 0 vs");
        refused(some().object(BEYOND, 19, 0, new byte[0]), "object number");
        refused(some().object(-1, 19, 0, new byte[0]), "object number 18446744073709551615 vs");
        refused(some().object(5, 0, 0, new byte[0]), "object type 0");
        refused(some().object(5, 19, 0, new byte[0]).with(r -> r.putInt(28, 16385)), "bonus length 16385");
        refused(some().object(5, 19, 0, new byte[0]).with(r -> r.putInt(36, 8)), "an encrypted bonus");
        refused(some().write(5, 0, 0, 0, new byte[0]), "length 0");
        refused(some().write(5, 0, (16 << 20) + 1, 0, new byte[0]), "length 16777217");
        refused(some().write(5, 0, 6, 0, new byte[6]), "a whole number");
        refused(some().write(5, Long.MAX_VALUE - 510, 512, 0, new byte[512]), "offset");
        refused(some().write(5, -512, 512, 0, new byte[512]), "offset");
        refused(some().write(5, 0, 512, 1, new byte[0]).with(r -> r.putLong(96, -8)), "payload length");
        refused(some().embedded(5, -1, 512, 8), "offset");
        refused(some().embedded(5, -2048, 1024, 8), "offset"); // so OpenZFS writes an embedded spill
        refused(some().embedded(5, 0, 0, 8), "length 0");
        refused(some().embedded(5, 0, 512, 8).with(r -> r.putInt(52, -1)), "payload length");
        refused(some().spill(5, 0, 0), "length 0");
        refused(some().free(0, 0, -1), "object number 0");
        refused(some().free(5, 16, -8), "ends at a 64-bit number");
        refused(some().freeObjects(BEYOND, 1), "first object number");
        refused(some().freeObjects(5, -5), "a last one");
        refused(some().add(6, 32, new byte[0], r -> {}), "a record of type 6"); // WRITE_BYREF: deduplicated
        refused(some().add(9, 24, new byte[0], r -> {}), "a record of type 9"); // OBJECT_RANGE: raw
        refused(some().add(10, 32, new byte[0], r -> {}), "a record of type 10"); // REDACT
        refused(some().begin(), "another checksum"); // a second beginning has none
        refused(some().free(5, 0, -1).with(r -> r.putLong(32, 9)), "guid 9 vs");
    }

    @Test
    void clipsWhatNoFileCanReach() throws Exception {
        Heard heard = new Heard();
        StreamBytes stream = some().write(5, Long.MAX_VALUE - 511, 512, 0, new byte[512])
                .free(5, Long.MIN_VALUE, -1)
                .free(5, Long.MAX_VALUE, 8)
                .free(5, 0, Long.MAX_VALUE)
                .free(5, 512, Long.MIN_VALUE)
                .free(5, 512, 0)
                .freeObjects(7, 0)
                .freeObjects(7, 1L << 60)
                .end();

        read(heard, stream.bytes());

        assertThat(heard.lines)
                .containsExactly(
                        "write 5 9223372036854775296 511",
                        "hole 5 0 9223372036854775806",
                        "hole 5 512 9223372036854775295",
                        "freed 7 281474976710649");
    }

    @Test
    void minesNoAttributesFromWhatIsNotSane() throws Exception {
        noAttributes(b -> b.putInt(0, 0x2F505B));
        noAttributes(b -> b.putShort(4, (short) 0)); // no header
        noAttributes(b -> b.putShort(4, (short) (8 << 10))); // one that leaves too little
        noAttributes(b -> b.putLong(8, 040644)); // a directory in a file's object
        noAttributes(b -> b.putLong(8, 0644));
        noAttributes(b -> b.putLong(8, 1L << 32 | 0100644));
        noAttributes(b -> b.putLong(16, -1));
        noAttributes(b -> b.putLong(24, 0));
        noAttributes(b -> b.putLong(48, 0));
        noAttributes(b -> b.putLong(48, BEYOND));
        noAttributes(b -> b.putLong(72, 1_000_000_000)); // atime
        noAttributes(b -> b.putLong(88, -1)); // mtime
        noAttributes(b -> b.putLong(96, Long.MAX_VALUE)); // ctime
        noAttributes(b -> b.putLong(120, 1_000_000_000)); // crtime
        noAttributes(b -> b.putLong(128, -1));
    }

    private static void noAttributes(Consumer<ByteBuffer> spoil) throws IOException {
        byte[] bonus = StreamBytes.bonus(LITTLE, 0100644, 2, 9);
        spoil.accept(ByteBuffer.wrap(bonus).order(LITTLE));
        Heard heard = new Heard();
        read(heard, some().object(5, 19, 44, bonus).end().bytes());
        assertThat(heard.lines).containsExactly("object 5 FILE");
    }

    @Test
    void knowsNoAttributesOfOldFileSystemsAndShortBonuses() throws Exception {
        Heard heard = new Heard();
        byte[] bonus = StreamBytes.bonus(LITTLE, 0100644, 2, 9);

        read(
                heard,
                some().object(5, 19, 17, bonus)
                        .object(6, 19, 44, Arrays.copyOf(bonus, 128))
                        .object(7, 19, 44, new byte[0])
                        .end()
                        .bytes());

        assertThat(heard.lines).containsExactly("object 5 FILE", "object 6 FILE", "object 7 FILE");
    }

    @Test
    void aSpillCountsAsWrittenWhereItsFlagMeansNothing() throws Exception {
        Heard heard = new Heard();
        StreamBytes stream = new StreamBytes(LITTLE).begin().with(r -> r.putInt(36, 4));

        read(heard, stream.spill(5, 16, 4).end().bytes());

        assertThat(heard.lines).containsExactly("spill 5");
    }

    @Test
    void passesOnThatTheStreamCannotBeRead() {
        InputStream broken = new ByteArrayInputStream(new byte[0]) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                throw new UncheckedIOException(new IOException("broken pipe"));
            }
        };

        assertThatThrownBy(() -> new SendStreamReader(1, 2, new Heard()).read(broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("broken pipe");
    }

    private static StreamBytes some() {
        return new StreamBytes(LITTLE).begin();
    }

    private static StreamBytes begin(int at, long value) {
        return some().with(r -> r.putLong(at, value));
    }

    private static void refused(StreamBytes stream, String words) {
        byte[] bytes = stream.end().bytes();
        assertThatThrownBy(() -> read(new Heard(), bytes))
                .isInstanceOf(BadStreamException.class)
                .hasMessageContaining(words);
    }

    private static byte[] fixture() throws IOException {
        try (InputStream in = SendStreamReaderTest.class.getResourceAsStream("/zfs/one-gib-128k.zsend")) {
            return in.readAllBytes();
        }
    }

    static void read(Heard heard, byte[] stream) throws IOException {
        read(heard, stream, StreamBytes.FROM, StreamBytes.TO);
    }

    private static void read(Heard heard, byte[] stream, long from, long to) throws IOException {
        new SendStreamReader(from, to, heard).read(new ByteArrayInputStream(stream));
    }
}
