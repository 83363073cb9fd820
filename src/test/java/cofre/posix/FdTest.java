package cofre.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FdTest {
    private final AtomicInteger closes = new AtomicInteger();
    private final Fd fd = new Fd(7, "thing", n -> closes.addAndGet(n));

    @Test
    void closesOnceAndThenRefusesUse() {
        fd.close();
        fd.close();
        assertThat(closes).hasValue(7);
        assertThat(fd.isClosed()).isTrue();
        assertThatThrownBy(fd::hold)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot use thing: it is closed");
        assertThat(closes).hasValue(7);
    }

    @Test
    void staysOpenUntilTheLastUserLeft() {
        assertThat(fd.hold()).isEqualTo(7);
        assertThat(fd.hold()).isEqualTo(7);
        fd.close();
        assertThat(closes).hasValue(0);
        fd.drop();
        assertThat(closes).hasValue(0);
        assertThatThrownBy(fd::hold).isInstanceOf(IllegalStateException.class);
        fd.drop();
        assertThat(closes).hasValue(7);
    }

    @Test
    void closesExactlyOnceUnderARace() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            AtomicInteger count = new AtomicInteger();
            AtomicInteger usedAfterClose = new AtomicInteger();
            Fd raced = new Fd(1, "raced", n -> count.incrementAndGet());
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(new Thread(() -> {
                    awaitQuietly(start);
                    try {
                        while (true) {
                            raced.hold();
                            usedAfterClose.addAndGet(count.get());
                            raced.drop();
                        }
                    } catch (IllegalStateException closed) {
                        raced.close();
                    }
                }));
            }
            threads.forEach(Thread::start);
            start.countDown();
            raced.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(count).hasValue(1);
            assertThat(usedAfterClose).hasValue(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
