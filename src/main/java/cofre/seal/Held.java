package cofre.seal;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;

/**
 * Native memory that one thread holds. When nothing refers to this object any more, such as after the thread's end, the
 * memory is freed: a dead thread would otherwise leave some ten MiB behind for ever.
 */
final class Held<T extends Closeable> {
    private static final Cleaner CLEANER = Cleaner.create();

    private final T context;

    private Held(T context) {
        this.context = context;
    }

    static <T extends Closeable> Held<T> of(T context) {
        Held<T> held = new Held<>(context);
        CLEANER.register(held, () -> close(context));
        return held;
    }

    private static void close(Closeable context) {
        try {
            context.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // zstd-jni throws none; a cleaner drops it
        }
    }

    /** What is held: keep this object reachable while it is used. */
    T context() {
        return context;
    }
}
