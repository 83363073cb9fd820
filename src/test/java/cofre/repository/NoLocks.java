package cofre.repository;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.function.Consumer;

/** A store that hides locks: whoever asks sees none. */
final class NoLocks implements Backend {
    private final Backend inner;

    NoLocks(Backend inner) {
        this.inner = inner;
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
    public void put(FileHandle file, Payload payload) throws BackendException {
        inner.put(file, payload);
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        if (type != FileType.LOCKS) {
            inner.list(type, each);
        }
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        inner.delete(file);
    }

    @Override
    public void close() {}
}
