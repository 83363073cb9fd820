package cofre.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import cofre.testkit.StoreBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does with uploads that go wrong, with several threads, and with interrupts. */
public abstract class BackendUploadContract extends BackendContract {
    private static final int THREADS = 8;

    /** Whether of several uploads of one name at the same time only one is told that it stored the file. */
    protected boolean tellsOneWinner() {
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 300000, 9 << 20})
    void storesNothingOfAPayloadThatFails(int after) throws Exception {
        byte[] bytes = StoreBytes.random(10 << 20, 20);
        assertStoresNothing(bytes, UncheckedIOException.class, out -> {
            out.write(bytes, 0, after);
            throw new IOException("the source broke");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 299999, (1 << 20) - 1})
    void storesNothingOfAPayloadThatIsShort(int length) throws Exception {
        byte[] bytes = StoreBytes.random(1 << 20, 21);
        assertStoresNothing(bytes, IllegalStateException.class, out -> out.write(bytes, 0, length));
    }

    @Test
    void storesNothingOfAPayloadThatIsLong() throws Exception {
        byte[] bytes = StoreBytes.random(1000, 22);
        assertStoresNothing(bytes, IllegalStateException.class, out -> {
            out.write(bytes);
            out.write(0);
        });
    }

    @Test
    void takesAPayloadByteByByte() throws Exception {
        byte[] bytes = StoreBytes.random(3000, 23);
        FileHandle file = StoreBytes.handle(FileType.DATA, bytes);
        backend().put(file, payload(bytes.length, out -> {
            for (byte b : bytes) {
                out.write(b);
            }
        }));
        assertThat(backend().get(file, 3000)).isEqualTo(bytes);
    }

    @Test
    void takesAPartOfAnArray() throws Exception {
        byte[] part = {5, 6, 7};
        FileHandle file = StoreBytes.handle(FileType.DATA, part);
        backend().put(file, Payload.of(new byte[] {4, 5, 6, 7, 8}, 1, 3));
        assertThat(backend().get(file, 3)).isEqualTo(part);
    }

    @Test
    void storesFromSeveralThreads() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 4 * THREADS; i++) {
            byte[] bytes = StoreBytes.random(200_000 + i, 100 + i);
            work.add(() -> {
                FileHandle file = StoreBytes.handle(FileType.DATA, bytes);
                backend().put(file, Payload.of(bytes));
                byte[] middle = new byte[1000];
                backend().read(file, 5000, middle, 0, 1000);
                return java.util.Arrays.equals(middle, java.util.Arrays.copyOfRange(bytes, 5000, 6000))
                        && java.util.Arrays.equals(backend().get(file, bytes.length), bytes);
            });
        }
        assertThat(inThreads(work)).hasSize(4 * THREADS).containsOnly(true);
        assertThat(names(FileType.DATA)).hasSize(4 * THREADS);
    }

    @Test
    void storesOneNameOnceFromSeveralThreads() throws Exception {
        byte[] bytes = StoreBytes.random(1 << 20, 24);
        FileHandle file = StoreBytes.handle(FileType.DATA, bytes);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            work.add(() -> {
                try {
                    backend().put(file, Payload.of(bytes));
                    return true;
                } catch (BackendException.AlreadyExists e) {
                    return false;
                }
            });
        }
        List<Boolean> stored = inThreads(work);
        assertThat(stored).contains(true);
        if (tellsOneWinner()) {
            assertThat(stored).containsOnlyOnce(true);
        }
        assertThat(backend().get(file, bytes.length)).isEqualTo(bytes);
        assertThat(names(FileType.DATA)).containsExactly(file.name());
    }

    @Test
    void endsWhenInterruptedAndSaysSo() throws Exception {
        byte[] bytes = StoreBytes.random(1000, 25);
        FileHandle file = StoreBytes.handle(FileType.DATA, bytes);
        Thread.currentThread().interrupt();
        boolean interrupted;
        try {
            backend().put(file, Payload.of(bytes));
        } catch (BackendException e) {
            assertThat(e).isInstanceOf(BackendException.Unreachable.class).hasMessageContaining("interrupted");
        } finally {
            interrupted = Thread.interrupted();
        }
        assertThat(interrupted).isTrue();
        backend().delete(file);
        backend().put(file, Payload.of(bytes));
        assertThat(backend().get(file, 1000)).isEqualTo(bytes);
    }

    private void assertStoresNothing(byte[] bytes, Class<? extends Throwable> error, Writer writer) throws Exception {
        FileHandle file = StoreBytes.handle(FileType.DATA, bytes);
        assertThatThrownBy(() -> backend().put(file, payload(bytes.length, writer)))
                .isInstanceOf(error);
        assertThat(names(FileType.DATA)).isEmpty();
        backend().put(file, Payload.of(bytes));
        assertThat(backend().get(file, bytes.length)).isEqualTo(bytes);
    }

    private List<String> names(FileType type) throws BackendException {
        List<FileInfo> rows = new ArrayList<>();
        backend().list(type, rows::add);
        return rows.stream().map(FileInfo::name).toList();
    }

    private static <T> List<T> inThreads(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Payload payload(long length, Writer writer) {
        return new Payload() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                writer.write(out);
            }
        };
    }

    @FunctionalInterface
    private interface Writer {
        void write(OutputStream out) throws IOException;
    }
}
