package cofre.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A twin that does not do what it says makes every test that leans on it worthless. */
final class StoreTwinsTest {
    private static final byte[] BYTES = StoreBytes.random(10, 1);
    private static final FileHandle PACK = StoreBytes.handle(FileType.DATA, BYTES);
    private static final FileHandle INDEX = StoreBytes.handle(FileType.INDEX, BYTES);

    private final MemoryBackend memory = MemoryBackend.ready();

    @Test
    void aCrashLosesUploadsUnderWayAndNothingElse() throws Exception {
        memory.put(INDEX, Payload.of(BYTES));
        assertThatThrownBy(() -> memory.put(PACK, new Payload() {
                    @Override
                    public long length() {
                        return BYTES.length;
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        out.write(BYTES, 0, 5);
                        memory.crash();
                        out.write(BYTES, 5, 5);
                    }
                }))
                .isInstanceOf(BackendException.Unreachable.class);
        assertThat(memory.names()).containsExactly(INDEX.toString());
        memory.put(PACK, Payload.of(BYTES));
        memory.crash();
        assertThat(memory.names()).hasSize(2);
    }

    @Test
    void anIndexMayNotComeBeforeItsPack() throws Exception {
        OrderAssertingBackend ordered =
                new OrderAssertingBackend(memory).references(FileType.INDEX, bytes -> Set.of(PACK));
        assertThatThrownBy(() -> ordered.put(INDEX, Payload.of(BYTES)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("before " + PACK);
        ordered.put(PACK, Payload.of(BYTES));
        ordered.put(INDEX, Payload.of(BYTES));
        assertThatThrownBy(() -> ordered.delete(PACK)).isInstanceOf(AssertionError.class);
        ordered.delete(INDEX);
        ordered.delete(PACK);
        assertThat(memory.names()).isEmpty();
    }
}
