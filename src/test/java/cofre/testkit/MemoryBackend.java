package cofre.testkit;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.ExactOutput;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The twin of a real store, in memory. {@link #crash} is a power loss of the store: uploads that were under way are gone
 * and fail, what was acknowledged stays.
 */
public final class MemoryBackend implements Backend {
    /** Guarded by this. Sorted, so that runs repeat. */
    private final Map<String, byte[]> files = new TreeMap<>();

    private long crashes;
    private boolean created;

    /** A store whose layout is there already: most tests do not care for {@link #create}. */
    public static MemoryBackend ready() {
        MemoryBackend backend = new MemoryBackend();
        backend.create();
        return backend;
    }

    /** Power loss. */
    public synchronized void crash() {
        crashes++;
    }

    /** Puts bytes under a name without any check: what a broken or hostile store does. */
    public synchronized void plant(FileHandle file, byte[] bytes) {
        files.put(file.toString(), bytes.clone());
    }

    /** Names of all files, as {@link FileHandle#toString} writes them, sorted. */
    public synchronized List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public synchronized void create() {
        created = true;
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        return bytes(file).length;
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        byte[] bytes = bytes(file);
        if (bytes.length > maxLength) {
            throw new BackendException.Corrupt(
                    "cannot read " + file + ": it has " + bytes.length + " bytes vs at most " + maxLength, null);
        }
        return bytes.clone();
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        if (length == 0) {
            return;
        }
        byte[] bytes = bytes(file);
        if (offset > bytes.length - (long) length) {
            throw new BackendException.Corrupt(
                    "cannot read " + file + ": it has " + bytes.length + " bytes vs " + (offset + length), null);
        }
        System.arraycopy(bytes, (int) offset, into, at, length);
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        long crashesBefore;
        synchronized (this) {
            crashesBefore = crashes;
            if (!created) {
                throw new BackendException.NotFound("cannot store " + file + ": the store is not there");
            }
            refuseTaken(file);
        }
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try {
            ExactOutput.copy(payload, copy);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        synchronized (this) {
            if (crashes != crashesBefore) {
                throw new BackendException.Unreachable("cannot store " + file + ": the store crashed", null);
            }
            refuseTaken(file);
            files.put(file.toString(), copy.toByteArray());
        }
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) {
        List<FileInfo> found = new ArrayList<>();
        synchronized (this) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                String[] parts = entry.getKey().split("/", 2);
                if (parts[0].equals(type.folder())) {
                    found.add(new FileInfo(parts.length == 1 ? "" : parts[1], entry.getValue().length));
                }
            }
        }
        found.forEach(each);
    }

    @Override
    public synchronized void delete(FileHandle file) {
        files.remove(file.toString());
    }

    @Override
    public void close() {}

    private synchronized byte[] bytes(FileHandle file) throws BackendException {
        byte[] bytes = files.get(file.toString());
        if (bytes == null) {
            throw new BackendException.NotFound("cannot read " + file + ": it is not there");
        }
        return bytes;
    }

    private void refuseTaken(FileHandle file) throws BackendException {
        if (files.containsKey(file.toString())) {
            throw new BackendException.AlreadyExists("cannot store " + file + ": a file of that name is there");
        }
    }
}
