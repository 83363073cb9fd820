package cofre.testkit;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.function.Consumer;

/** A store as a process that may die sees it. */
public final class CrashingBackend implements Backend {
    private final Backend inner;
    private final CrashPoint point;

    public CrashingBackend(Backend inner, CrashPoint point) {
        this.inner = inner;
        this.point = point;
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void create() throws BackendException {
        this.<BackendException>run("create", inner::create);
    }

    @Override
    public long size(FileHandle file) throws BackendException {
        return point.<Long, BackendException>run("size " + file.type(), () -> inner.size(file));
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        return point.<byte[], BackendException>run("get " + file.type(), () -> inner.get(file, maxLength));
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        this.<BackendException>run("read " + file.type(), () -> inner.read(file, offset, into, at, length));
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        this.<BackendException>run("put " + file.type(), () -> inner.put(file, payload));
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        this.<BackendException>run("list " + type, () -> inner.list(type, each));
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        this.<BackendException>run("delete " + file.type(), () -> inner.delete(file));
    }

    @Override
    public void close() {
        inner.close();
    }

    private interface Work<E extends Exception> {
        void run() throws E;
    }

    private <E extends Exception> void run(String name, Work<E> work) throws E {
        point.<Boolean, E>run(name, () -> {
            work.run();
            return true;
        });
    }
}
