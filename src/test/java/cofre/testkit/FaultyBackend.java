package cofre.testkit;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.CountingBackend.Operation;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Goes wrong as a script says. For each operation faults are used up one after another, each for its number of calls; a
 * call without a fault left goes through.
 */
public final class FaultyBackend implements Backend {
    private final Backend inner;
    private final Map<Operation, Queue<Fault>> script = new EnumMap<>(Operation.class);

    public FaultyBackend(Backend inner) {
        this.inner = inner;
        for (Operation operation : Operation.values()) {
            script.put(operation, new ArrayDeque<>());
        }
    }

    /** The next {@code times} calls fail and do nothing. */
    public FaultyBackend failBefore(Operation operation, int times, Supplier<? extends BackendException> error) {
        return add(operation, times, new Fault(error, false, () -> {}));
    }

    /** The next {@code times} calls do their work, and then fail: the answer was lost. */
    public FaultyBackend failAfter(Operation operation, int times, Supplier<? extends BackendException> error) {
        return add(operation, times, new Fault(error, true, () -> {}));
    }

    /** Before the next {@code times} calls {@code action} runs: moves a fake clock, crashes the store, deletes a file. */
    public FaultyBackend before(Operation operation, int times, Runnable action) {
        return add(operation, times, new Fault(() -> null, true, action));
    }

    /** Whether all scripted faults were met. */
    public synchronized boolean isSpent() {
        return script.values().stream().allMatch(Queue::isEmpty);
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        play(Operation.CREATE, inner::create);
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        long[] size = new long[1];
        play(Operation.SIZE, () -> size[0] = inner.size(file));
        return size[0];
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        byte[][] bytes = new byte[1][];
        play(Operation.GET, () -> bytes[0] = inner.get(file, maxLength));
        return bytes[0];
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        play(Operation.READ, () -> inner.read(file, offset, into, at, length));
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        play(Operation.PUT, () -> inner.put(file, payload));
    }

    /** A fault after the work is a fault instead of it here: a failed listing has handed over nothing. */
    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        Fault fault = next(Operation.LIST);
        fault.action.run();
        fault.raise();
        inner.list(type, each);
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        play(Operation.DELETE, () -> inner.delete(file));
    }

    @Override
    public void close() {
        inner.close();
    }

    private void play(Operation operation, Work work) throws BackendException {
        Fault fault = next(operation);
        fault.action.run();
        if (!fault.afterwards) {
            fault.raise();
        }
        work.run();
        fault.raise();
    }

    private synchronized Fault next(Operation operation) {
        Fault fault = script.get(operation).poll();
        return fault == null ? new Fault(() -> null, true, () -> {}) : fault;
    }

    private synchronized FaultyBackend add(Operation operation, int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            script.get(operation).add(fault);
        }
        return this;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws BackendException;
    }

    private record Fault(Supplier<? extends BackendException> error, boolean afterwards, Runnable action) {
        void raise() throws BackendException {
            BackendException raised = error.get();
            if (raised != null) {
                throw raised;
            }
        }
    }
}
