package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealerTest {
    private static final HexFormat HEX = HexFormat.of();

    private static byte[] hex(String text) {
        return HEX.parseHex(text);
    }

    private static SealKey key(String encrypt, String k, String r) {
        return new SealKey(hex(encrypt + k + r));
    }

    private static Sealer sealer(SealKey key) {
        return new Sealer(key, new SecureRandom(), TagFunction.bouncyCastle());
    }

    private static Sealer random() {
        return new Sealer(MasterKey.random(new SecureRandom()), new SecureRandom(), TagFunction.bouncyCastle());
    }

    /** restic's own vectors of Poly1305-AES. */
    @ParameterizedTest
    @CsvSource({
        "f3f6,851fc40c3467ac0be05cc20404f3f700,ec074c835580741701425b623235add6,fb447350c4e868c52ac3275cf9d4327e,f4c633c3044fc145f84f335cb81953de",
        "'',a0f3080000f46400d0c7e9076c834403,75deaa25c09f208e1dc4ce6b5cad3fbf,61ee09218d29b0aaed7e154a2c5509cc,dd3fab2251f11ac759f0887129cc2ee7",
        "663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136,48443d0bb0d21109c89a100b5ce2c208,6acb5f61a7176dd320c5c1eb2edcdc74,ae212a55399729595dea458bc621ff0e,0ee1c16bb73f0f4fd19881753c01cdbe",
        "ab0812724a7f1e342742cbed374d94d136c6b8795d45b3819830f2c04491faf0990c62e48b8018b2c3e4a0fa3134cb67fa83e158c994d961c4cb21095c1bf9,12976a08c4426d0ce8a82407c4f48207,e1a5668a4d5b66a5f68cc5424ed5982d,9ae831e743978d3a23527c7128149e3a,5154ad0d2cb26e01274fc51148491f1b"
    })
    void tagsAreRestics(String message, String r, String k, String nonce, String tag) {
        byte[] sealed = hex(nonce + message);
        byte[] actual = new byte[16];
        for (String written : new String[] {r, unclamped(r)}) { // a stored r may be clamped or not
            SealState state =
                    new SealState(key("11".repeat(32), k, written), new SecureRandom(), TagFunction.bouncyCastle());
            state.tag(sealed, 0, sealed.length - 16, actual, 0);
            assertThat(HEX.formatHex(actual)).isEqualTo(tag);
        }
    }

    private static String unclamped(String r) {
        byte[] bytes = hex(r);
        for (int i = 3; i < 16; i += 4) {
            bytes[i] |= (byte) 0xf0;
        }
        for (int i = 4; i < 16; i += 4) {
            bytes[i] |= 3;
        }
        return HEX.formatHex(bytes);
    }

    private static final String SEALED =
            "69fb41c62d12def4593bd71757138606338f621aeaeb39da0fe4f99233f8037a54ea63338a813bcf3f75d8c3cc75dddf8750";

    private static Sealer resticsSealer() {
        return sealer(key(
                "303e8687b1d7db18421bdc6bb8588ccadac4d59ee87b8ff70c44e635790cafef",
                "ef4d8824cb80b2bcc5fbff8a9b12a42c",
                "cc8d4b948ee0ebfe1d415de921d10353"));
    }

    @Test
    void opensWhatResticSealed() throws SealException {
        assertThat(new String(resticsSealer().open(hex(SEALED)), StandardCharsets.UTF_8))
                .isEqualTo("Dies ist ein Test!");
    }

    @Test
    void anyFlippedBitIsNoticedAndNothingIsWritten() {
        Sealer sealer = resticsSealer();
        byte[] sealed = hex(SEALED);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            byte[] out = new byte[100];
            assertThatThrownBy(() -> sealer.open(forged, 0, forged.length, out, 0))
                    .isInstanceOf(SealException.Forged.class);
            assertThat(out).containsOnly(0);
        }
    }

    @Test
    void cutOrExtendedItIsForged() {
        Sealer sealer = resticsSealer();
        byte[] sealed = hex(SEALED);
        for (int length = 0; length <= sealed.length + 20; length++) {
            byte[] forged = Arrays.copyOf(sealed, length);
            if (length != sealed.length) {
                assertThatThrownBy(() -> sealer.open(forged)).isInstanceOf(SealException.Forged.class);
            }
        }
    }

    @Test
    void anotherKeyOpensNothing() {
        byte[] sealed = random().seal(new byte[100]);
        assertThatThrownBy(() -> random().open(sealed))
                .isInstanceOf(SealException.Forged.class)
                .hasMessage("cannot open 132 bytes: their tag vs the one they must have;"
                        + " they were changed, or sealed with another key");
    }

    @Property(tries = 200)
    void whatIsSealedComesBack(@ForAll @IntRange(max = 70_000) int length, @ForAll long seed) throws SealException {
        Sealer sealer = random();
        byte[] plain = new byte[length];
        new Random(seed).nextBytes(plain);
        byte[] out = new byte[length + 42];
        assertThat(sealer.seal(plain, 0, length, out, 3)).isEqualTo(length + 32);
        assertThat(Arrays.copyOf(out, 3)).containsOnly(0);
        assertThat(Arrays.copyOfRange(out, length + 35, out.length)).containsOnly(0);
        byte[] back = new byte[length + 5];
        assertThat(sealer.open(out, 3, length + 32, back, 5)).isEqualTo(length);
        assertThat(Arrays.copyOfRange(back, 5, back.length)).isEqualTo(plain);
    }

    @Property(tries = 50)
    void inPlaceIsTheSame(@ForAll @IntRange(max = 70_000) int length, @ForAll long seed) throws SealException {
        Sealer sealer = random();
        byte[] plain = new byte[length];
        new Random(seed).nextBytes(plain);
        byte[] buffer = new byte[length + 40];
        System.arraycopy(plain, 0, buffer, 8 + Sealer.PREFIX, length);
        sealer.seal(buffer, 8 + Sealer.PREFIX, length, buffer, 8);
        assertThat(sealer.open(buffer, 8, length + 32)).isEqualTo(plain);
    }

    @Test
    void noIvComesTwice() {
        Sealer sealer = random();
        Set<String> ivs = new HashSet<>();
        for (int i = 0; i < 2000; i++) { // several draws of the stock
            byte[] sealed = sealer.seal(new byte[0]);
            ivs.add(HEX.formatHex(sealed, 0, 16));
        }
        assertThat(ivs).hasSize(2000);
    }

    @Test
    void aZeroIvIsDrawnAgain() {
        AtomicInteger draws = new AtomicInteger();
        SecureRandom broken = new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                if (draws.getAndIncrement() > 0) {
                    Arrays.fill(bytes, (byte) 7);
                }
            }
        };
        Sealer sealer = new Sealer(MasterKey.random(new SecureRandom()), broken, TagFunction.bouncyCastle());
        assertThat(sealer.seal(new byte[1])[0]).isEqualTo((byte) 7);
        assertThat(draws).hasValue(2);
    }

    @Test
    void aZeroIvIsRefusedEvenWithTheRightTag() {
        SealKey key = key("11".repeat(32), "22".repeat(16), "33".repeat(16));
        byte[] sealed = new byte[16 + 5 + 16];
        new SealState(key, new SecureRandom(), TagFunction.bouncyCastle()).tag(sealed, 0, 5, sealed, 21);
        assertThatThrownBy(() -> sealer(key).open(sealed)).isInstanceOf(SealException.Forged.class);
    }

    @Test
    void zeroKeyPartsAreRefused() {
        for (String[] parts : new String[][] {{"00", "22", "33"}, {"11", "00", "33"}, {"11", "22", "00"}}) {
            assertThatThrownBy(() -> key(parts[0].repeat(32), parts[1].repeat(16), parts[2].repeat(16)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SealKey(new byte[63])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrongBuffersAreRefused() {
        Sealer sealer = random();
        byte[] buffer = new byte[100];
        assertThatThrownBy(() -> sealer.seal(buffer, 0, 69, new byte[100], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.seal(buffer, 0, 10, buffer, 0)).isInstanceOf(IllegalArgumentException.class);
        byte[] sealed = sealer.seal(new byte[10]);
        assertThatThrownBy(() -> sealer.open(sealed, 0, sealed.length, new byte[9], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.open(sealed, 0, sealed.length, sealed, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedKeyIsWipedAndUseless() {
        MasterKey key = MasterKey.random(new SecureRandom());
        assertThat(key).hasToString("***");
        assertThat(key.key()).hasToString("***");
        key.close();
        assertThatThrownBy(() -> new Sealer(key, new SecureRandom(), TagFunction.bouncyCastle()).seal(new byte[1]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        Sealer sealer = random();
        Thread[] threads = new Thread[4];
        AtomicInteger good = new AtomicInteger();
        for (int t = 0; t < threads.length; t++) {
            byte[] plain = new byte[20_000];
            Arrays.fill(plain, (byte) t);
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    try {
                        good.addAndGet(Arrays.equals(plain, sealer.open(sealer.seal(plain))) ? 1 : 0);
                    } catch (SealException e) {
                        good.addAndGet(-1000);
                    }
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(good).hasValue(200);
    }
}
