package cofre.storage;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts calls and bytes, for reports and tests. What fails is counted apart. Safe for several threads. */
public final class CountingBackend implements Backend {
    /** What was asked of the store. */
    public enum Operation {
        CREATE,
        SIZE,
        GET,
        READ,
        PUT,
        LIST,
        DELETE
    }

    /**
     * What was counted.
     *
     * @param calls calls that succeeded
     * @param bytes bytes they moved; for listings, files they named
     * @param failures calls that threw
     */
    public record Count(long calls, long bytes, long failures) {}

    private final Backend inner;
    private final Map<Operation, Map<FileType, Row>> rows = new EnumMap<>(Operation.class);

    public CountingBackend(Backend inner) {
        this.inner = inner;
        for (Operation operation : Operation.values()) {
            Map<FileType, Row> perType = new EnumMap<>(FileType.class);
            for (FileType type : FileType.values()) {
                perType.put(type, new Row());
            }
            rows.put(operation, perType);
        }
    }

    /** What was counted so far for one kind of file; {@link Operation#CREATE} counts under {@link FileType#CONFIG}. */
    public Count count(Operation operation, FileType type) {
        return rows.get(operation).get(type).count();
    }

    /** What was counted so far for all kinds of files together. */
    public Count total(Operation operation) {
        Count sum = new Count(0, 0, 0);
        for (Row row : rows.get(operation).values()) {
            Count one = row.count();
            sum = new Count(sum.calls + one.calls, sum.bytes + one.bytes, sum.failures + one.failures);
        }
        return sum;
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        counted(Operation.CREATE, FileType.CONFIG, () -> {
            inner.create();
            return 0;
        });
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        long[] size = new long[1];
        counted(Operation.SIZE, file.type(), () -> {
            size[0] = inner.size(file);
            return 0;
        });
        return size[0];
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        byte[][] bytes = new byte[1][];
        counted(Operation.GET, file.type(), () -> {
            bytes[0] = inner.get(file, maxLength);
            return bytes[0].length;
        });
        return bytes[0];
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        counted(Operation.READ, file.type(), () -> {
            inner.read(file, offset, into, at, length);
            return length;
        });
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        counted(Operation.PUT, file.type(), () -> {
            inner.put(file, payload);
            return payload.length();
        });
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        counted(Operation.LIST, type, () -> {
            long[] files = new long[1];
            inner.list(type, info -> {
                files[0]++;
                each.accept(info);
            });
            return files[0];
        });
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        counted(Operation.DELETE, file.type(), () -> {
            inner.delete(file);
            return 0;
        });
    }

    @Override
    public void close() {
        inner.close();
    }

    private void counted(Operation operation, FileType type, Call call) throws BackendException {
        Row row = rows.get(operation).get(type);
        boolean done = false;
        try {
            row.bytes.add(call.run());
            row.calls.increment();
            done = true;
        } finally {
            if (!done) {
                row.failures.increment();
            }
        }
    }

    @FunctionalInterface
    private interface Call {
        long run() throws BackendException;
    }

    private static final class Row {
        final LongAdder calls = new LongAdder();
        final LongAdder bytes = new LongAdder();
        final LongAdder failures = new LongAdder();

        Count count() {
            return new Count(calls.sum(), bytes.sum(), failures.sum());
        }
    }
}
