package cofre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.testkit.StoreBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileListTest {
    private final FileList files = new FileList();

    @Test
    void givesBackNamesAndSizesInOrder() {
        List<FileInfo> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            FileInfo info = new FileInfo(StoreBytes.sha256(new byte[] {(byte) i, (byte) (i >> 8)}), i * 3_000_000_000L);
            expected.add(info);
            assertThat(files.add(info.name(), info.size())).isTrue();
        }
        List<FileInfo> rows = new ArrayList<>();
        files.forEach(rows::add);
        assertThat(rows).isEqualTo(expected);
        assertThat(files.count()).isEqualTo(10_000);
    }

    @Test
    void takesANameOnce() {
        for (int i = 0; i < 5000; i++) {
            files.add(StoreBytes.sha256(new byte[] {(byte) i, (byte) (i >> 8)}), i);
        }
        assertThat(files.add(StoreBytes.sha256(new byte[] {5, 0}), 7)).isFalse();
        assertThat(files.count()).isEqualTo(5000);
        assertThat(files.size(5)).isEqualTo(5);
    }

    @Test
    void tellsNamesApartThatDifferAnywhere() {
        String zeros = "0".repeat(64);
        assertThat(files.add(zeros, 0)).isTrue();
        for (int i = 0; i < 64; i++) {
            assertThat(files.add(zeros.substring(0, i) + "f" + zeros.substring(i + 1), i))
                    .isTrue();
        }
        assertThat(files.add(zeros, 0)).isFalse();
    }
}
