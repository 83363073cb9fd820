package cofre.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackTableTest {
    private final PackTable table = new PackTable();

    private static PackId pack(int number) {
        return new PackId(new Sha256(number, number / 2, 0, 1)); // each second shares what they are sorted by
    }

    @Test
    void packsAreFoundByNumberAndById() {
        for (int i = 0; i < 5000; i++) {
            assertThat(table.find(pack(i))).isEqualTo(-1);
            assertThat(table.add(pack(i))).isEqualTo(i);
        }
        assertThat(table.size()).isEqualTo(5000);
        for (int i = 0; i < 5000; i++) {
            assertThat(table.find(pack(i))).isEqualTo(i);
            assertThat(table.id(i)).isEqualTo(pack(i));
        }
    }

    @Test
    void whatIsInAPackAddsUp() {
        BlobId id = new BlobId(new Sha256(1, 2, 3, 4));
        PackedBlob data = new PackedBlob(BlobHandle.data(id), 0, Integer.MAX_VALUE, 0);
        PackedBlob dir = new PackedBlob(BlobHandle.tree(id), 100, Integer.MAX_VALUE, 5);
        table.add(pack(0));
        table.add(pack(1));
        table.count(1, List.of(data, dir));
        table.count(1, List.of(dir));
        long header = PackHeaderCodec.entryLength(data) + 2L * PackHeaderCodec.entryLength(dir);
        assertThat(table.use(0)).isEqualTo(new BlobIndex.PackUse(pack(0), 0, 0, 0, 0));
        assertThat(table.use(1)).isEqualTo(new BlobIndex.PackUse(pack(1), 3, 2, 3L * Integer.MAX_VALUE, header));
    }
}
