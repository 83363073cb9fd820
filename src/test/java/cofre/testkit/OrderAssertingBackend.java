package cofre.testkit;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Asserts restic's order of writes. What a file refers to is the format's knowledge, so tests say it with
 * {@link #references}: when a file is acknowledged to be stored, all it refers to must be stored; when one is deleted,
 * nothing that is stored may refer to it. An {@link AssertionError} says which order was broken.
 */
public final class OrderAssertingBackend implements Backend {
    private final Backend inner;
    private final Map<FileType, Reader> readers = new ConcurrentHashMap<>();
    private final Set<FileHandle> stored = ConcurrentHashMap.newKeySet();
    /** By file, what it refers to. Guarded by itself. */
    private final Map<FileHandle, Set<FileHandle>> references = new HashMap<>();

    public OrderAssertingBackend(Backend inner) {
        this.inner = inner;
    }

    /** Reads out of a file's bytes which other files it needs. */
    @FunctionalInterface
    public interface Reader {
        Set<FileHandle> references(byte[] bytes);
    }

    /** Files of that type refer to what {@code reader} finds in them. */
    public OrderAssertingBackend references(FileType type, Reader reader) {
        readers.put(type, reader);
        return this;
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        Reader reader = readers.get(file.type());
        Set<FileHandle> needs = reader == null ? Set.of() : reader.references(bytes(payload));
        for (FileHandle need : needs) {
            if (!stored.contains(need)) {
                throw new AssertionError("order of writes: " + file + " is stored before " + need + ", which it names");
            }
        }
        inner.put(file, payload);
        stored.add(file);
        synchronized (references) {
            references.put(file, needs);
        }
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        synchronized (references) {
            for (Map.Entry<FileHandle, Set<FileHandle>> other : references.entrySet()) {
                if (other.getValue().contains(file)) {
                    throw new AssertionError(
                            "order of deletes: " + file + " goes before " + other.getKey() + ", which names it");
                }
            }
        }
        inner.delete(file);
        stored.remove(file);
        synchronized (references) {
            references.remove(file);
        }
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        inner.create();
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        return inner.size(file);
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        return inner.get(file, maxLength);
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        inner.read(file, offset, into, at, length);
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        inner.list(type, each);
    }

    @Override
    public void close() {
        inner.close();
    }

    private static byte[] bytes(Payload payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            payload.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError("a payload to assert on must be readable", e);
        }
        return out.toByteArray();
    }
}
