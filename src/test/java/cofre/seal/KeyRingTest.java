package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.format.FormatException;
import cofre.format.KeyFile;
import cofre.format.KeyFileCodec;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {
    private static final ZonedDateTime TIME = ZonedDateTime.parse("2024-01-01T00:00:00Z");
    private static final KeyRing.Origin ORIGIN = new KeyRing.Origin(TIME, "root", "host");
    private final KeyRing ring = new KeyRing(new SecureRandom());
    private final MasterKey key = MasterKey.random(new SecureRandom());

    private static Secret secret(String text) {
        return Secret.ofChars(text.toCharArray());
    }

    @Test
    void aKeyFileOpensWithItsPasswordOnly() throws Exception {
        KeyFile file = ring.create(key, secret("contraseña"), ScryptCost.FLOOR, ORIGIN);
        assertThat(file.data()).hasSize(160);
        assertThat(file.salt()).hasSize(64);
        KeyFile read = KeyFileCodec.decode(KeyFileCodec.encode(file));
        assertThat(ring.open(read, secret("contraseña"))).contains(key);
        assertThat(ring.open(read, secret("contrasena"))).isEmpty();
        KeyFile again = ring.create(key, secret("contraseña"), ScryptCost.FLOOR, ORIGIN);
        assertThat(again.salt()).isNotEqualTo(file.salt());
    }

    @Test
    void aChangedKeyFileOpensWithNothing() throws Exception {
        KeyFile file = ring.create(key, secret("a"), ScryptCost.FLOOR, ORIGIN);
        byte[] data = file.data();
        data[70] ^= 1;
        assertThat(ring.open(with(file, data), secret("a"))).isEmpty();
        assertThat(ring.open(with(file, new byte[10]), secret("a"))).isEmpty();
    }

    private static KeyFile with(KeyFile file, byte[] data) {
        return new KeyFile(TIME, "u", "h", "scrypt", file.n(), file.r(), file.p(), file.salt(), data);
    }

    @ParameterizedTest
    @CsvSource({
        "1073741824, 8, 1", // 1 TiB
        "32768, 1048576, 1",
        "524288, 8, 1", // 512 MiB
        "2, 2147483647, 1", // 128*N*r passes 2^31
        "32768, 8, 17",
        "32768, 8, 2147483647",
        "32767, 8, 1", // no power of two
        "0, 8, 1",
        "1, 8, 1",
        "-32768, 8, 1",
        "-2147483648, 8, 1",
        "32768, 0, 1",
        "32768, 8, 0",
    })
    @Timeout(5)
    void unreasonableCostsAreRefusedBeforeAnyWork(int n, int r, int p) {
        KeyFile file = new KeyFile(TIME, "u", "h", "scrypt", n, r, p, new byte[64], new byte[160]);
        long before = System.nanoTime();
        assertThatThrownBy(() -> ring.open(file, secret("a")))
                .isInstanceOf(SealException.Unreasonable.class)
                .hasMessageContaining("N=" + n + " r=" + r + " p=" + p);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void costsAtTheBoundAreAllowed() {
        assertThat(new ScryptCost(262_144, 8, 16)).hasToString("N=262144 r=8 p=16");
        assertThatThrownBy(() -> new ScryptCost(262_144, 9, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void weakKeysAreReadAndNeverMade() throws Exception {
        assertThatThrownBy(() -> ring.create(key, secret("a"), new ScryptCost(8192, 8, 4), ORIGIN))
                .isInstanceOf(IllegalArgumentException.class);
        KeyFile weak = new KeyFile(TIME, "u", "h", "scrypt", 2, 1, 1, new byte[64], new byte[160]);
        assertThat(ring.open(weak, secret("a"))).isEmpty();
    }

    @Test
    void tooMuchDataIsRefused() {
        KeyFile file = new KeyFile(TIME, "u", "h", "scrypt", 2, 1, 1, new byte[64], new byte[5000]);
        assertThatThrownBy(() -> ring.open(file, secret("a"))).isInstanceOf(SealException.Unreasonable.class);
    }

    @Test
    void aMasterKeyOfZerosIsRefused() {
        String json = "{\"mac\":{\"k\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"r\":\"AAAAAAAAAAAAAAAAAAAAAA==\"},"
                + "\"encrypt\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}";
        assertThatThrownBy(() -> MasterKey.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("all zero");
    }

    @Test
    void passwordsAreReadAsResticReadsThem() {
        assertThat(file("senha\n")).isEqualTo(secret("senha"));
        assertThat(file(" \t senha com espaço \r\n\n")).isEqualTo(secret("senha com espaço"));
        assertThat(file("\ufeffsenha")).isEqualTo(secret("senha"));
        assertThatThrownBy(() -> file(" \n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> secret("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Secret file(String content) {
        return Secret.ofFileContent(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSecretNeverShowsItselfAndIsWiped() {
        Secret secret = secret("xyzzy");
        assertThat(secret).hasToString("***");
        secret.close();
        assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
    }
}
