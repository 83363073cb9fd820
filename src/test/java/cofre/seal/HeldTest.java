package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldTest {
    @Test
    void whatADeadThreadHeldIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ThreadLocal<Held<Closeable>> local = ThreadLocal.withInitial(() -> Held.of(closed::countDown));
        Thread thread = new Thread(() -> assertThat(local.get().context()).isNotNull());
        thread.start();
        thread.join();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        boolean isClosed = false;
        while (!isClosed && System.nanoTime() < deadline) {
            System.gc();
            isClosed = closed.await(50, TimeUnit.MILLISECONDS);
        }
        assertThat(isClosed).isTrue();
    }

    @Test
    void whatIsStillReferredToStaysOpen() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Held<Closeable> held = Held.of(closed::countDown);
        System.gc();
        assertThat(closed.await(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(held.context()).isNotNull();
    }
}
