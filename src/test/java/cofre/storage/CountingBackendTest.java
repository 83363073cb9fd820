package cofre.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.CountingBackend.Count;
import cofre.storage.CountingBackend.Operation;
import cofre.testkit.MemoryBackend;
import cofre.testkit.StoreBytes;
import org.junit.jupiter.api.Test;

final class CountingBackendTest {
    private final CountingBackend counting = new CountingBackend(new MemoryBackend());

    @Test
    void countsCallsBytesAndFailuresByKind() throws Exception {
        byte[] bytes = StoreBytes.random(100, 1);
        FileHandle data = StoreBytes.handle(FileType.DATA, bytes);
        FileHandle index = StoreBytes.handle(FileType.INDEX, bytes);
        counting.create();
        counting.put(data, Payload.of(bytes));
        counting.put(index, Payload.of(bytes));
        assertThatThrownBy(() -> counting.put(data, Payload.of(bytes)))
                .isInstanceOf(BackendException.AlreadyExists.class);
        counting.read(data, 10, new byte[7], 0, 7);
        counting.get(index, 100);
        counting.size(index);
        counting.list(FileType.DATA, info -> {});
        counting.delete(data);
        assertThat(counting.count(Operation.PUT, FileType.DATA)).isEqualTo(new Count(1, 100, 1));
        assertThat(counting.total(Operation.PUT)).isEqualTo(new Count(2, 200, 1));
        assertThat(counting.count(Operation.READ, FileType.DATA)).isEqualTo(new Count(1, 7, 0));
        assertThat(counting.count(Operation.GET, FileType.INDEX)).isEqualTo(new Count(1, 100, 0));
        assertThat(counting.total(Operation.SIZE)).isEqualTo(new Count(1, 0, 0));
        assertThat(counting.count(Operation.LIST, FileType.DATA)).isEqualTo(new Count(1, 1, 0));
        assertThat(counting.total(Operation.DELETE)).isEqualTo(new Count(1, 0, 0));
        assertThat(counting.count(Operation.CREATE, FileType.CONFIG)).isEqualTo(new Count(1, 0, 0));
    }
}
