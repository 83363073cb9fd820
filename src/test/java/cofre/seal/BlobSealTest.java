package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlobSealTest {
    private final Sealer sealer =
            new Sealer(MasterKey.random(new SecureRandom()), new SecureRandom(), TagFunction.bouncyCastle());
    private final BlobSeal auto = new BlobSeal(sealer, 2, Compression.AUTO);

    private static BlobHandle handle(BlobType type, byte[] plain) {
        return new BlobHandle(type, new BlobId(Sha256.hash(plain)));
    }

    private static PackedBlob place(BlobHandle handle, BlobSeal.Sealed sealed) {
        return new PackedBlob(handle, 0, sealed.length(), sealed.uncompressedLength());
    }

    private byte[] sealed(BlobSeal seal, BlobType type, byte[] plain, BlobSeal.Sealed[] result) {
        byte[] out = new byte[seal.maxSealedLength(type, plain.length)];
        result[0] = seal.seal(type, plain, 0, plain.length, out, 0);
        return Arrays.copyOf(out, result[0].length());
    }

    @Property(tries = 60)
    void anyBlobComesBack(
            @ForAll @IntRange(max = 300_000) int length,
            @ForAll boolean isNoise,
            @ForAll Compression compression,
            @ForAll @IntRange(min = 1, max = 2) int version,
            @ForAll BlobType type)
            throws SealException {
        byte[] plain = new byte[length];
        if (isNoise) {
            new Random(length).nextBytes(plain);
        }
        BlobSeal seal = new BlobSeal(sealer, version, compression);
        BlobSeal.Sealed[] result = new BlobSeal.Sealed[1];
        byte[] sealed = sealed(seal, type, plain, result);
        boolean isCompressed = version == 2 && length > 0 && (type == BlobType.TREE || compression != Compression.OFF);
        assertThat(result[0].uncompressedLength()).isEqualTo(isCompressed ? length : 0);
        PackedBlob place = place(handle(type, plain), result[0]);
        assertThat(seal.open(place, sealed)).isEqualTo(plain);
        byte[] room = new byte[BlobSeal.roomToOpen(place)];
        int at = seal.openInto(place, sealed, 0, room);
        assertThat(Arrays.copyOfRange(room, at, at + place.plainLength())).isEqualTo(plain);
    }

    @Property(tries = 60)
    void openingIntoRoomFindsAnyFlippedBit(
            @ForAll @IntRange(max = 3000) int length, @ForAll Random random, @ForAll Compression compression) {
        byte[] plain = new byte[length];
        BlobSeal seal = new BlobSeal(sealer, 2, compression);
        BlobSeal.Sealed[] result = new BlobSeal.Sealed[1];
        byte[] sealed = sealed(seal, BlobType.DATA, plain, result);
        sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
        PackedBlob place = place(handle(BlobType.DATA, plain), result[0]);
        assertThatThrownBy(() -> seal.openInto(place, sealed, 0, new byte[place.length() + length]))
                .isInstanceOf(SealException.Forged.class);
    }

    @Test
    void anotherBlobUnderThisIdIsRefused() {
        byte[] plain = new byte[1000];
        BlobSeal.Sealed[] result = new BlobSeal.Sealed[1];
        byte[] sealed = sealed(auto, BlobType.DATA, plain, result);
        PackedBlob wrong = place(handle(BlobType.DATA, new byte[1001]), result[0]);
        assertThatThrownBy(() -> auto.open(wrong, sealed))
                .isInstanceOf(SealException.Mismatch.class)
                .hasMessageContaining("its content hashes to");
        assertThatThrownBy(() -> auto.openInto(wrong, sealed, 0, new byte[BlobSeal.roomToOpen(wrong)]))
                .isInstanceOf(SealException.Mismatch.class)
                .hasMessageContaining("its content hashes to");
    }

    @Test
    void noRoomIsTakenForABlobLargerThanAnyMayBe() {
        BlobHandle handle = handle(BlobType.DATA, new byte[0]);
        PackedBlob lie = new PackedBlob(handle, 0, 100, BlobSeal.MAX_DATA + 1);
        assertThatThrownBy(() -> BlobSeal.roomToOpen(lie)).isInstanceOf(SealException.Mismatch.class);
    }

    @Test
    void anIndexThatLiesAboutLengthsIsNotBelieved() {
        byte[] plain = new byte[1000];
        BlobHandle handle = handle(BlobType.DATA, plain);
        BlobSeal.Sealed[] result = new BlobSeal.Sealed[1];
        byte[] sealed = sealed(auto, BlobType.DATA, plain, result);
        int length = result[0].length();
        for (int uncompressed : new int[] {0, 1, 999, 1001, 8 << 20, 16 << 20}) {
            PackedBlob lie = new PackedBlob(handle, 0, length, uncompressed);
            assertThatThrownBy(() -> auto.open(lie, sealed)).isInstanceOf(SealException.Mismatch.class);
        }
        for (int uncompressed : new int[] {BlobSeal.MAX_DATA + 1, Integer.MAX_VALUE}) {
            PackedBlob lie = new PackedBlob(handle, 0, length, uncompressed);
            assertThatThrownBy(() -> auto.open(lie, sealed))
                    .isInstanceOf(SealException.Mismatch.class)
                    .hasMessageContaining("vs at most 16777216");
        }
        assertThatThrownBy(() -> auto.open(new PackedBlob(handle, 0, length - 1, 1000), sealed, 0))
                .isInstanceOf(SealException.Forged.class);
        assertThatThrownBy(() -> auto.open(new PackedBlob(handle, 0, length + 1, 1000), sealed))
                .isInstanceOf(SealException.Mismatch.class);
    }

    @Test
    void theZeroBlobHasItsWellKnownId() throws SealException {
        byte[] zeros = new byte[512 * 1024];
        BlobSeal.Sealed[] result = new BlobSeal.Sealed[1];
        byte[] sealed = sealed(auto, BlobType.DATA, zeros, result);
        assertThat(result[0].length()).isLessThan(200);
        BlobId id = BlobId.parse("07854d2fef297a06ba81685e660c332de36d5d18d546927d30daad6d7fda1541");
        assertThat(auto.open(place(BlobHandle.data(id), result[0]), sealed)).isEqualTo(zeros);
    }

    @Test
    void aBufferWithoutRoomIsRefused() {
        byte[] plain = new byte[100];
        assertThatThrownBy(() -> auto.seal(BlobType.DATA, plain, 0, 100, new byte[100], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> auto.seal(BlobType.DATA, plain, 0, 10, plain, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
