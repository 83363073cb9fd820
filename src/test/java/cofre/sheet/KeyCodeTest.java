package cofre.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class KeyCodeTest {
    private static final byte[] KEY =
            ("{\"created\":\"2026-03-01T10:00:00Z\",\"username\":\"root\",\"hostname\":\"fs1\","
                            + "\"kdf\":\"scrypt\",\"N\":32768,\"r\":8,\"p\":4,\"salt\":\"" + "QUJD".repeat(22)
                            + "\",\"data\":\""
                            + "x/9+".repeat(54) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);

    private static byte[] read(byte[] png) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(source)),
                        Map.of(DecodeHintType.CHARACTER_SET, "ISO-8859-1"))
                .getText()
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aReaderGetsBackTheVeryBytes() throws Exception {
        assertThat(read(PngFile.of(new KeyCode(KEY)))).isEqualTo(KEY);
        byte[] awkward = "{\"hostname\":\"caf\u00e9\"}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(read(PngFile.of(new KeyCode(awkward)))).isEqualTo(awkward);
    }

    @Test
    void whatFitsIntoNoCodeIsRefused() {
        assertThatThrownBy(() -> new KeyCode(new byte[3000]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3000 bytes");
    }
}
