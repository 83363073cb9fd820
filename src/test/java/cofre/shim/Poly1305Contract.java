package cofre.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every Poly1305 must do: restic's vectors, RFC 8439's, and Bouncy Castle as the oracle. */
abstract class Poly1305Contract {
    private static final HexFormat HEX = HexFormat.of();

    abstract Poly1305 poly1305();

    @ParameterizedTest
    @CsvSource({
        "f3f6, 851fc40c3467ac0be05cc20404f3f700, ec074c835580741701425b623235add6,"
                + " fb447350c4e868c52ac3275cf9d4327e, f4c633c3044fc145f84f335cb81953de",
        "'', a0f3080000f46400d0c7e9076c834403, 75deaa25c09f208e1dc4ce6b5cad3fbf,"
                + " 61ee09218d29b0aaed7e154a2c5509cc, dd3fab2251f11ac759f0887129cc2ee7",
        "663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136, 48443d0bb0d21109c89a100b5ce2c208,"
                + " 6acb5f61a7176dd320c5c1eb2edcdc74, ae212a55399729595dea458bc621ff0e, 0ee1c16bb73f0f4fd19881753c01cdbe",
        "ab0812724a7f1e342742cbed374d94d136c6b8795d45b3819830f2c04491faf0990c62e48b8018b2c3e4a0fa3134cb67fa83e158c994d961c4cb21095c1bf9,"
                + " 12976a08c4426d0ce8a82407c4f48207, e1a5668a4d5b66a5f68cc5424ed5982d,"
                + " 9ae831e743978d3a23527c7128149e3a, 5154ad0d2cb26e01274fc51148491f1b"
    })
    void givesResticsTags(String message, String r, String k, String nonce, String tag) throws Exception {
        assertThat(HEX.formatHex(tag(key(r, encrypt(k, nonce)), HEX.parseHex(message))))
                .isEqualTo(tag);
    }

    @Test
    void clampsR() throws Exception {
        byte[] message = HEX.parseHex("663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136");
        byte[] s = encrypt("6acb5f61a7176dd320c5c1eb2edcdc74", "ae212a55399729595dea458bc621ff0e");
        byte[] clamped = HEX.parseHex("48443d0bb0d21109c89a100b5ce2c208");
        byte[] raw = clamped.clone();
        for (int i : new int[] {3, 7, 11, 15}) {
            raw[i] |= (byte) 0xf0;
        }
        for (int i : new int[] {4, 8, 12}) {
            raw[i] |= 3;
        }
        assertThat(tag(key(HEX.formatHex(raw), s), message)).isEqualTo(tag(key(HEX.formatHex(clamped), s), message));
    }

    /** RFC 8439, appendix A.3, the vectors that tempt a wrong final reduction. */
    @ParameterizedTest
    @CsvSource({
        "02000000000000000000000000000000, 0, ffffffffffffffffffffffffffffffff, 03000000000000000000000000000000",
        "02000000000000000000000000000000, f, 02000000000000000000000000000000, 03000000000000000000000000000000",
        "01000000000000000000000000000000, 0,"
                + " fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000,"
                + " 05000000000000000000000000000000",
        "01000000000000000000000000000000, 0,"
                + " fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101,"
                + " 00000000000000000000000000000000",
        "02000000000000000000000000000000, 0, fdffffffffffffffffffffffffffffff, faffffffffffffffffffffffffffffff"
    })
    void survivesTheTrapsOfTheRfc(String r, String s, String message, String tag) {
        byte[] key = key(r, HEX.parseHex(s.repeat(32)));
        assertThat(HEX.formatHex(tag(key, HEX.parseHex(message)))).isEqualTo(tag);
    }

    @Test
    void agreesWithBouncyCastleOnEveryShortLength() {
        SplittableRandom random = new SplittableRandom(5);
        for (int length = 0; length <= 600; length++) {
            assertSameAsBouncyCastle(random, content(random, length));
        }
    }

    @Test
    void agreesWithBouncyCastleOnLongLengths() {
        SplittableRandom random = new SplittableRandom(6);
        for (int length : new int[] {65535, 65536, 65537, 131072, 131072 + 17, 1_000_003, 9_000_000}) {
            assertSameAsBouncyCastle(random, content(random, length));
        }
    }

    @Test
    void agreesWithBouncyCastleOnExtremeLimbs() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 3000; round++) {
            byte[] message = new byte[random.nextInt(400)];
            for (int i = 0; i < message.length; i += 16) {
                int fill = random.nextInt(4);
                Arrays.fill(
                        message, i, Math.min(message.length, i + 16), (byte) (fill == 0 ? random.nextInt() : fill - 2));
            }
            assertSameAsBouncyCastle(random, message);
        }
    }

    @Test
    void refusesRangesOutsideTheArrays() {
        Poly1305 poly = poly1305();
        byte[] key = new byte[32];
        byte[] out = new byte[16];
        assertThatThrownBy(() -> poly.tag(new byte[31], key, 0, 1, out, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> poly.tag(key, key, 30, 3, out, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> poly.tag(key, key, 0, 1, out, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(out).containsOnly(0);
    }

    private void assertSameAsBouncyCastle(SplittableRandom random, byte[] message) {
        byte[] key = content(random, 32);
        if (random.nextInt(4) == 0) {
            Arrays.fill(key, (byte) 0xff);
        }
        org.bouncycastle.crypto.macs.Poly1305 oracle = new org.bouncycastle.crypto.macs.Poly1305();
        oracle.init(new KeyParameter(key));
        oracle.update(message, 0, message.length);
        byte[] expected = new byte[16];
        oracle.doFinal(expected, 0);
        assertThat(tag(key, message)).as("%d bytes", message.length).isEqualTo(expected);
    }

    /** The tag, computed at odd offsets between bytes that must not count. */
    private byte[] tag(byte[] key, byte[] message) {
        byte[] in = new byte[message.length + 12];
        Arrays.fill(in, (byte) 0x5a);
        System.arraycopy(message, 0, in, 5, message.length);
        byte[] out = new byte[23];
        poly1305().tag(key, in, 5, message.length, out, 3);
        assertThat(out).startsWith(0, 0, 0).endsWith(0, 0, 0, 0);
        return Arrays.copyOfRange(out, 3, 19);
    }

    private static byte[] content(SplittableRandom random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private static byte[] key(String r, byte[] s) {
        byte[] key = Arrays.copyOf(HEX.parseHex(r), 32);
        System.arraycopy(s, 0, key, 16, 16);
        return key;
    }

    private static byte[] encrypt(String key, String block) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HEX.parseHex(key), "AES"));
        return aes.doFinal(HEX.parseHex(block));
    }
}
