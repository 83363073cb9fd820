package cofre.repository;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.function.Consumer;

/** A store where something happens before each operation. */
final class HookedBackend implements Backend {
    /** What happens. */
    interface Hook {
        /**
         * Before an operation.
         *
         * @param file what it is about; of a listing a file without a name that matters
         */
        void before(String operation, FileHandle file) throws BackendException;
    }

    private final Backend inner;
    private final Hook hook;

    HookedBackend(Backend inner, Hook hook) {
        this.inner = inner;
        this.hook = hook;
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
        hook.before("size", file);
        return inner.size(file);
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        hook.before("get", file);
        return inner.get(file, maxLength);
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        hook.before("read", file);
        inner.read(file, offset, into, at, length);
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        hook.before("put", file);
        inner.put(file, payload);
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        hook.before("list", new FileHandle(type, "0".repeat(64)));
        inner.list(type, each);
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        hook.before("delete", file);
        inner.delete(file);
    }

    @Override
    public void close() {}
}
