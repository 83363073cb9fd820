package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.ConfigCodec;
import cofre.format.FormatException;
import cofre.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackedSealTest {
    private final Sealer sealer =
            new Sealer(MasterKey.random(new SecureRandom()), new SecureRandom(), TagFunction.bouncyCastle());
    private final UnpackedSeal one = new UnpackedSeal(sealer, 1);
    private final UnpackedSeal two = new UnpackedSeal(sealer, 2);
    private final byte[] json = "{\"packs\":[]}\n".repeat(50).getBytes(StandardCharsets.UTF_8);

    private byte[] open(UnpackedSeal seal, UnpackedKind kind, byte[] stored) throws Exception {
        return seal.open(kind, Sha256.hash(stored), stored);
    }

    @ParameterizedTest
    @EnumSource(UnpackedKind.class)
    void whatIsSealedComesBack(UnpackedKind kind) throws Exception {
        for (UnpackedSeal seal : new UnpackedSeal[] {one, two}) {
            UnpackedSeal.Stored stored = seal.seal(json);
            assertThat(stored.name()).isEqualTo(Sha256.hash(stored.bytes()));
            assertThat(seal.open(kind, stored.name(), stored.bytes())).isEqualTo(json);
        }
        assertThat(two.seal(json).bytes()).hasSizeLessThan(100);
        assertThat(one.seal(json).bytes()).hasSize(json.length + 32);
    }

    @Test
    void roomIsUsedAgainAndHoldsTheLastFile() throws Exception {
        OpenedFile room = new OpenedFile();
        byte[] little = "{}".getBytes(StandardCharsets.UTF_8);
        for (byte[] each : new byte[][] {json, little, json}) {
            byte[] largest = room.bytes();
            UnpackedSeal.Stored packed = two.seal(each);
            two.open(UnpackedKind.INDEX, packed.name(), packed.bytes(), room);
            assertThat(Arrays.copyOf(room.bytes(), room.length())).isEqualTo(each);
            assertThat(largest.length == 0 || room.bytes() == largest).isTrue();
        }
        byte[] plain = sealer.seal(little);
        two.open(UnpackedKind.INDEX, Sha256.hash(plain), plain, room);
        assertThat(Arrays.copyOf(room.bytes(), room.length())).isEqualTo(little);
    }

    @Test
    void versionTwoStillReadsPlainJson() throws Exception {
        assertThat(open(two, UnpackedKind.INDEX, sealer.seal(json))).isEqualTo(json);
        byte[] list = "[]".getBytes(StandardCharsets.UTF_8);
        assertThat(open(two, UnpackedKind.INDEX, sealer.seal(list))).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, ' ', 0x28, 0xff})
    void anotherFirstByteIsRefused(int first) {
        byte[] plain = json.clone();
        plain[0] = (byte) first;
        assertThatThrownBy(() -> open(two, UnpackedKind.LOCK, sealer.seal(plain)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a first byte of " + first + " vs 2, { or [");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> open(two, UnpackedKind.LOCK, sealer.seal(new byte[0])))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> open(two, UnpackedKind.LOCK, new byte[0])).isInstanceOf(SealException.Forged.class);
    }

    @Test
    void anotherFileUnderThisNameIsRefused() {
        UnpackedSeal.Stored stored = two.seal(json);
        UnpackedSeal.Stored other = two.seal(json);
        assertThatThrownBy(() -> two.open(UnpackedKind.SNAPSHOT, stored.name(), other.bytes()))
                .isInstanceOf(SealException.Mismatch.class)
                .hasMessageStartingWith("cannot open snapshot " + stored.name());
    }

    @Test
    void everyFlippedBitAndEveryLengthIsNoticed() {
        UnpackedSeal.Stored stored = two.seal(json);
        for (int bit = 0; bit < 8 * stored.bytes().length; bit++) {
            byte[] bad = stored.bytes().clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> two.open(UnpackedKind.INDEX, stored.name(), bad))
                    .isInstanceOf(SealException.Mismatch.class);
            // a server that also renames the file gets past the name, not past the tag
            assertThatThrownBy(() -> open(two, UnpackedKind.INDEX, bad)).isInstanceOf(SealException.Forged.class);
        }
        for (int length = 0; length < stored.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(stored.bytes(), length);
            assertThatThrownBy(() -> open(two, UnpackedKind.INDEX, cut)).isInstanceOf(SealException.Forged.class);
        }
    }

    @Test
    void aLockThatBlowsUpIsRefused() {
        UnpackedSeal.Stored bomb = two.seal(new byte[2 << 20]);
        assertThatThrownBy(() -> two.open(UnpackedKind.LOCK, bomb.name(), bomb.bytes()))
                .isInstanceOf(SealException.BadFrame.class)
                .hasMessage("cannot decompress: 2097152 bytes vs at most 1048576");
    }

    @Test
    void theConfigIsSealedAndNeverCompressed() throws Exception {
        byte[] stored = UnpackedSeal.sealConfig(sealer, json);
        assertThat(stored).hasSize(json.length + 32);
        assertThat(UnpackedSeal.openConfig(sealer, stored)).isEqualTo(json);
        assertThatThrownBy(() -> UnpackedSeal.openConfig(sealer, new byte[ConfigCodec.MAX_BYTES + 1]))
                .isInstanceOf(FormatException.class);
    }
}
