package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackHeaderCodecTest {
    private static final String ID = "ab".repeat(32);
    private static final BlobId BLOB = BlobId.parse(ID);

    private static long packLength(List<PackedBlob> blobs, byte[] header) {
        return blobs.stream().mapToLong(PackedBlob::length).sum() + header.length + 32 + 4;
    }

    @Test
    void writesTheFourKindsLittleEndFirst() throws FormatException {
        List<PackedBlob> blobs = List.of(
                new PackedBlob(BlobHandle.data(BLOB), 0, 0x01020304, 0),
                new PackedBlob(BlobHandle.tree(BLOB), 0x01020304L, 32, 0),
                new PackedBlob(BlobHandle.data(BLOB), 0x01020324L, 33, 0x7fffffff),
                new PackedBlob(BlobHandle.tree(BLOB), 0x01020345L, 32, 1));
        byte[] header = PackHeaderCodec.encode(blobs);
        assertThat(HexFormat.of().formatHex(header))
                .isEqualTo(
                        "0004030201" + ID + "0120000000" + ID + "0221000000ffffff7f" + ID + "032000000001000000" + ID);
        assertThat(PackHeaderCodec.decode(header, packLength(blobs, header), 2)).isEqualTo(blobs);
    }

    @Property
    void anyBlobsComeBack(@ForAll @Size(min = 1, max = 50) List<@IntRange(min = 32, max = 9_000_000) Integer> lengths)
            throws FormatException {
        List<PackedBlob> blobs = new ArrayList<>();
        long offset = 0;
        for (int length : lengths) {
            BlobHandle blob = new BlobHandle(length % 3 == 0 ? BlobType.TREE : BlobType.DATA, BLOB);
            blobs.add(new PackedBlob(blob, offset, length, length % 2 == 0 ? 0 : length * 2));
            offset += length;
        }
        byte[] header = PackHeaderCodec.encode(blobs);
        assertThat(PackHeaderCodec.decode(header, packLength(blobs, header), 2)).isEqualTo(blobs);
    }

    @Test
    void refusesToWriteWhatCouldNotBeReadBack() {
        assertThatThrownBy(() -> PackHeaderCodec.encode(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackHeaderCodec.encode(List.of(new PackedBlob(BlobHandle.data(BLOB), 1, 32, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000", // no header
        "68, 1000", // shorter than one sealed entry
        "997, 1000", // longer than the file
        "16777217, 100000000", // over 16 MiB
        "-1, 5000000000", // 2^32-1
        "69, 72", // no room for the length field
        "69, 3", // a file shorter than the field
    })
    void s4RefusesHeaderLengthsBeforeAnythingIsAllocated(int length, long packLength) {
        byte[] field = new byte[4];
        PackHeaderCodec.writeLength(length, field, 0);
        assertThatThrownBy(() -> PackHeaderCodec.sealedLength(field, 0, packLength))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read pack: ");
    }

    @Test
    void readsTheLengthItWrote() throws FormatException {
        byte[] field = new byte[6];
        PackHeaderCodec.writeLength(0x123456, field, 1);
        assertThat(field).containsExactly(0, 0x56, 0x34, 0x12, 0, 0);
        assertThat(PackHeaderCodec.sealedLength(field, 1, 0x123456 + 4)).isEqualTo(0x123456);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0420000000", // kind 4
                "ff20000000", // kind -1
                "001f000000", // shorter than a seal
                "00ffffffff", // 4 GiB
                "022000000000000000", // compressed from nothing
                "0220000000ffffffff", // 4 GiB uncompressed
            })
    void s4RefusesEntries(String entry) {
        byte[] header = HexFormat.of().parseHex(entry + ID);
        assertThatThrownBy(() -> PackHeaderCodec.decode(header, 32 + header.length + 36, 2))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read pack header: ");
    }

    @Test
    void refusesCompressedBlobsInVersionOne() {
        List<PackedBlob> blobs = List.of(new PackedBlob(BlobHandle.data(BLOB), 0, 40, 50));
        byte[] header = PackHeaderCodec.encode(blobs);
        assertThatThrownBy(() -> PackHeaderCodec.decode(header, packLength(blobs, header), 1))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("kind 2 vs 0 to 1 in a repository of version 1");
    }

    @Test
    void s4RefusesAPackOfAnotherLength() {
        List<PackedBlob> blobs = List.of(new PackedBlob(BlobHandle.data(BLOB), 0, 40, 0));
        byte[] header = PackHeaderCodec.encode(blobs);
        for (long wrong : new long[] {0, packLength(blobs, header) - 1, packLength(blobs, header) + 1}) {
            assertThatThrownBy(() -> PackHeaderCodec.decode(header, wrong, 2)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void s4CutAnywhereItIsRefused() {
        List<PackedBlob> blobs = List.of(
                new PackedBlob(BlobHandle.data(BLOB), 0, 40, 0), new PackedBlob(BlobHandle.data(BLOB), 40, 40, 50));
        byte[] header = PackHeaderCodec.encode(blobs);
        for (int length = 0; length < header.length; length++) {
            byte[] cut = Arrays.copyOf(header, length);
            assertThatThrownBy(() -> PackHeaderCodec.decode(cut, packLength(blobs, header), 2))
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void s4TheWorstHeaderTakesNoOverflow() {
        byte[] header = new byte[37 * 1000];
        for (int at = 0; at < header.length; at += 37) {
            PackHeaderCodec.writeLength(Integer.MAX_VALUE, header, at + 1);
        }
        assertThatThrownBy(() -> PackHeaderCodec.decode(header, 1000, 2))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("2147483684036 bytes vs the 1000");
    }
}
