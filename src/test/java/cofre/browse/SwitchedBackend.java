package cofre.browse;

import cofre.storage.Backend;
import cofre.storage.BackendException;
import cofre.storage.FileHandle;
import cofre.storage.FileInfo;
import cofre.storage.FileType;
import cofre.storage.Payload;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A store that works, answers nobody, is away, or gives wrong bytes, as it is told. */
final class SwitchedBackend implements Backend {
    /** How it is. */
    enum Mood {
        FINE,
        AWAY,
        HANGING,
        WRONG
    }

    private final Backend inner;
    private volatile Mood mood = Mood.FINE;
    private volatile long slowMillis;
    private volatile CountDownLatch until = new CountDownLatch(1);

    SwitchedBackend(Backend inner) {
        this.inner = inner;
    }

    void become(Mood next) {
        mood = next;
        until.countDown();
        until = new CountDownLatch(1);
    }

    /** From now on each answer takes so long. */
    void slow(long millis) {
        slowMillis = millis;
    }

    private void reply() throws BackendException {
        if (mood == Mood.AWAY) {
            throw new BackendException.Unreachable("cannot reach the store: it is away", null);
        }
        try {
            if (slowMillis > 0 && new CountDownLatch(1).await(slowMillis, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody counts this down");
            }
            if (mood == Mood.HANGING) {
                until.await();
                reply();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException.Unreachable("interrupted", e);
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
        reply();
        return inner.size(file);
    }

    @Override
    public byte[] get(FileHandle file, long maxLength) throws BackendException {
        reply();
        return inner.get(file, maxLength);
    }

    @Override
    public void read(FileHandle file, long offset, byte[] into, int at, int length) throws BackendException {
        reply();
        inner.read(file, offset, into, at, length);
        if (mood == Mood.WRONG) {
            into[at + length / 2] ^= 1;
        }
    }

    @Override
    public void put(FileHandle file, Payload payload) throws BackendException {
        inner.put(file, payload);
    }

    @Override
    public void list(FileType type, Consumer<FileInfo> each) throws BackendException {
        reply();
        inner.list(type, each);
    }

    @Override
    public void delete(FileHandle file) throws BackendException {
        inner.delete(file);
    }

    @Override
    public void close() {
        inner.close();
    }
}
