package cofre.fuse;

import cofre.posix.Errno;
import cofre.posix.PosixException;
import cofre.progress.Ticker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that take requests and answer them. One that has been at a request for long is relieved: another takes its
 * place, and it ends when it comes back. So there is always somebody at the device, however slow the tree is somewhere.
 * Relieved ones are bounded; when there are too many, {@link #isCrowded} makes the others refuse what could hold them up too.
 * Thread-safe.
 */
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    private static final long PATIENCE = Duration.ofMillis(100).toNanos();
    static final int MAX_RELIEVED = 64;

    private final Device device;
    private final Dispatcher dispatcher;
    private final Ticker ticker;
    private final int size;
    private final Runnable ended;
    private final ThreadFactory threads = Daemons.named("fuse");
    private final Set<Member> members = new HashSet<>();
    private int relieved;
    private boolean over;

    /** {@code ended}: run once when the device has nothing more to give. */
    Crew(Device device, Dispatcher dispatcher, Ticker ticker, int size, Runnable ended) {
        this.device = device;
        this.dispatcher = dispatcher;
        this.ticker = ticker;
        this.size = size;
        this.ended = ended;
    }

    private final class Member implements Runnable {
        private final ByteBuffer request =
                ByteBuffer.allocateDirect(Request.MAX_LENGTH).order(ByteOrder.nativeOrder());
        private final Answer answer = new Answer(DirectoryOperations.LARGEST);
        private volatile long since;
        private volatile boolean busy;
        private volatile boolean isRelieved;
        private Thread thread;

        @Override
        public void run() {
            try {
                while (!isRelieved && takeOne()) {}
            } finally {
                leave(this);
            }
        }

        private boolean takeOne() {
            int length;
            try {
                length = device.read(request);
            } catch (PosixException e) {
                return isPassing(e);
            }
            since = ticker.nanos();
            busy = true;
            dispatcher.handle(request, length, answer);
            busy = false;
            return true;
        }

        /** ENOENT: the request was taken back. ENODEV: the mount is gone. */
        private boolean isPassing(PosixException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.EAGAIN) {
                return true;
            }
            if (e.errno() != Errno.ENODEV) {
                LOG.warn("event=fuse_device_lost cause=\"{}\"", e.getMessage());
            }
            finish();
            return false;
        }
    }

    synchronized void start() {
        for (int i = 0; i < size; i++) {
            add();
        }
    }

    private void add() {
        Member member = new Member();
        members.add(member);
        member.thread = threads.newThread(member);
        member.thread.start();
    }

    /** Relieves those that have been busy for long. */
    synchronized void relieve() {
        long now = ticker.nanos();
        for (Member member : Set.copyOf(members)) {
            boolean slow = member.busy && !member.isRelieved && now - member.since >= PATIENCE;
            // Those that were busy already when it became crowded are relieved too, but no others can follow them.
            if (slow && !over && relieved < MAX_RELIEVED + size) {
                member.isRelieved = true;
                relieved++;
                add();
            }
        }
    }

    /** Whether nobody else may be held up. */
    synchronized boolean isCrowded() {
        return relieved >= MAX_RELIEVED;
    }

    private synchronized void leave(Member member) {
        members.remove(member);
        relieved -= member.isRelieved ? 1 : 0;
        notifyAll();
    }

    private void finish() {
        boolean first;
        synchronized (this) {
            first = !over;
            over = true;
        }
        if (first) {
            ended.run();
        }
    }

    /** Waits until all have left, at most so long; whether they have. */
    synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = ticker.nanos() + limit.toNanos();
        while (!members.isEmpty()) {
            long left = end - ticker.nanos();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    /** How many threads there are. */
    synchronized int count() {
        return members.size();
    }
}
