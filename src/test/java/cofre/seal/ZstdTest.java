package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictTrainer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** H5 of the fault matrix, and that what is compressed comes back. */
class ZstdTest {
    private final Zstd zstd = new Zstd(Compression.AUTO);

    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ("some words ".charAt(i % 11) + ((i / 1000) % 3));
        }
        return bytes;
    }

    private byte[] compressed(byte[] plain) {
        byte[] out = new byte[Zstd.maxLength(plain.length)];
        return Arrays.copyOf(out, zstd.compress(plain, 0, plain.length, out, 0));
    }

    private byte[] decompressed(byte[] frame, int most) throws SealException {
        return decompressed(zstd, frame, frame.length, most);
    }

    private static byte[] decompressed(Zstd zstd, byte[] frame, int length, int most) throws SealException {
        byte[][] room = new byte[1][];
        int actual = zstd.decompress(frame, 0, length, most, needed -> room[0] = new byte[needed]);
        return Arrays.copyOf(room[0], actual);
    }

    private void assertRefused(byte[] frame, int expected) {
        byte[] out = new byte[expected];
        assertThatThrownBy(() -> zstd.decompress(frame, 0, frame.length, out, 0, expected))
                .isInstanceOf(SealException.class)
                .hasMessageStartingWith("cannot decompress: ");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyLevelComesBack(Compression compression) throws SealException {
        Zstd any = new Zstd(compression);
        byte[] plain = text(300_000);
        byte[] out = new byte[Zstd.maxLength(plain.length)];
        int length = any.compress(plain, 0, plain.length, out, 0);
        assertThat(length).isLessThan(plain.length / 10);
        assertThat(ZstdFrame.read(out, 0, length).contentSize()).isEqualTo(plain.length);
        assertThat(decompressed(any, out, length, plain.length)).isEqualTo(plain);
    }

    @Property(tries = 100)
    void anyBytesComeBack(@ForAll @IntRange(max = 400_000) int length, @ForAll boolean isNoise) throws SealException {
        byte[] plain = text(length);
        if (isNoise) {
            new Random(length).nextBytes(plain);
        }
        byte[] frame = compressed(plain);
        ZstdFrame shape = ZstdFrame.read(frame, 0, frame.length);
        assertThat(shape.contentSize()).isEqualTo(length);
        assertThat(shape.bound()).isGreaterThanOrEqualTo(length);
        assertThat(decompressed(frame, length)).isEqualTo(plain);
    }

    @Test
    void moreThanExpectedIsRefused() {
        byte[] frame = compressed(text(1000));
        assertRefused(frame, 999);
        assertRefused(frame, 1001);
        assertThatThrownBy(() -> decompressed(frame, 999))
                .isInstanceOf(SealException.BadFrame.class)
                .hasMessage("cannot decompress: 1000 bytes vs at most 999");
    }

    @Test
    void aBombIsRefusedBeforeThereIsMemoryForIt() {
        // 4 GiB of zeros as runs of 128 KiB: 32768 blocks of 4 bytes, and honest about it
        assertThatThrownBy(() -> decompressed(runs(32_768, 4L << 30), 256 << 20))
                .isInstanceOf(SealException.BadFrame.class)
                .hasMessage("cannot decompress: 4294967296 bytes vs at most 268435456");
        // the same that claims to be small
        assertRefused(runs(32_768, 1000), 1000);
        // one that claims to be large
        assertThatThrownBy(() -> decompressed(runs(1, 200 << 20), 256 << 20))
                .isInstanceOf(SealException.BadFrame.class)
                .hasMessageContaining("a content size of 209715200 vs at most 131072");
    }

    private static byte[] runs(int blocks, long claimed) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xfd2fb528).put((byte) 0xc0).put((byte) 0x38).putLong(claimed); // window of 128 KiB
        for (int i = 0; i < blocks; i++) {
            int header = ((128 * 1024) << 3) | (1 << 1) | (i == blocks - 1 ? 1 : 0);
            frame.put((byte) header)
                    .put((byte) (header >> 8))
                    .put((byte) (header >> 16))
                    .put((byte) 0);
        }
        return frame.array();
    }

    @Test
    void runsWithinBoundsAreRead() throws SealException {
        assertThat(decompressed(runs(8, 1 << 20), 1 << 20)).hasSize(1 << 20).containsOnly(0);
    }

    @Test
    void aFrameWithoutContentSizeIsBoundedByItsBlocks() throws SealException {
        byte[] plain = text(50_000);
        byte[] frame = noSize(plain);
        assertThat(ZstdFrame.read(frame, 0, frame.length).contentSize()).isEqualTo(-1);
        assertThat(decompressed(frame, 1 << 30)).isEqualTo(plain);
        byte[] out = new byte[50_000];
        assertThat(zstd.decompress(frame, 0, frame.length, out, 0, 50_000)).isEqualTo(50_000);
        assertThat(out).isEqualTo(plain);
        assertRefused(frame, 49_999);
        assertRefused(frame, 50_001);
        assertThatThrownBy(() -> decompressed(frame, 49_999)).isInstanceOf(SealException.BadFrame.class);
    }

    private static byte[] noSize(byte[] plain) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setContentSize(false).setChecksum(true).compress(plain);
        }
    }

    @Test
    void aWrongChecksumIsNoticed() {
        byte[] frame = noSize(text(50_000));
        frame[frame.length - 1] ^= 1;
        assertRefused(frame, 50_000);
    }

    @Test
    void framesBehindOrBeforeAreRefused() {
        byte[] frame = compressed(text(1000));
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9};
        assertRefused(joined(frame, frame), 1000);
        assertRefused(joined(frame, frame), 2000);
        assertRefused(joined(skippable, frame), 1000);
        assertRefused(joined(frame, skippable), 1000);
        assertRefused(joined(frame, new byte[1]), 1000);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(a);
        out.writeBytes(b);
        return out.toByteArray();
    }

    @Test
    void aDictionaryIsRefused() {
        ZstdDictTrainer trainer = new ZstdDictTrainer(1 << 20, 4096);
        for (int i = 0; i < 3000; i++) {
            trainer.addSample(("sample number " + i + " with words " + (i % 7))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            byte[] frame = context.loadDict(trainer.trainSamples()).compress(text(1000));
            assertThatThrownBy(() -> decompressed(frame, 1000))
                    .isInstanceOf(SealException.BadFrame.class)
                    .hasMessage("cannot decompress: a dictionary vs none");
        }
    }

    @Test
    void aHugeWindowIsRefused() {
        byte[] frame = runs(1, 1000);
        frame[5] = (byte) (18 << 3); // 2^28
        assertThatThrownBy(() -> decompressed(frame, 1000))
                .isInstanceOf(SealException.BadFrame.class)
                .hasMessageContaining("a window over 2^27");
    }

    @Test
    void cutAnywhereItIsRefused() {
        byte[] frame = compressed(text(3000));
        for (int length = 0; length < frame.length; length++) {
            assertRefused(Arrays.copyOf(frame, length), 3000);
        }
    }

    @Test
    void flippedBitsNeverGiveMoreThanExpected() {
        byte[] plain = text(3000);
        byte[] frame = compressed(plain);
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            byte[] bad = frame.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            byte[] out = new byte[4000];
            try {
                zstd.decompress(bad, 0, bad.length, out, 0, 3000);
            } catch (SealException e) {
                assertThat(e).hasMessageStartingWith("cannot decompress: ");
            }
            assertThat(Arrays.copyOfRange(out, 3000, 4000)).containsOnly(0);
        }
    }
}
