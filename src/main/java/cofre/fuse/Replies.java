package cofre.fuse;

import cofre.posix.Errno;
import cofre.posix.PosixException;
import cofre.progress.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** Sees to it that each request is answered once: by who works on it, or by the watchdog when he takes too long. Thread-safe. */
final class Replies {
    private final Device device;
    private final ToIntFunction<Errno> numbers;
    private final Ticker ticker;
    private final Complaints complaints;
    private final Map<Long, Pending> waiting = new ConcurrentHashMap<>();
    private final ThreadLocal<Answer> refusals = ThreadLocal.withInitial(() -> new Answer(0));

    /** {@code numbers}: the kernel's number of an errno. */
    Replies(Device device, ToIntFunction<Errno> numbers, Ticker ticker, Complaints complaints) {
        this.device = device;
        this.numbers = numbers;
        this.ticker = ticker;
        this.complaints = complaints;
    }

    /** A request that will be answered, at the latest after so long. */
    Pending expect(Request request, Duration limit) {
        Pending pending = new Pending(request.unique(), request.opcode(), ticker.nanos() + limit.toNanos());
        waiting.put(pending.unique, pending);
        return pending;
    }

    /** Gives the answer; when it comes too late, or nobody wants it, it is lost and what it promised taken back. */
    void succeed(Pending pending, Answer answer) {
        if (claim(pending) && send(pending, answer)) {
            answer.delivered();
        } else {
            answer.lost();
        }
    }

    /** Answers with an error unless there is an answer. */
    void fail(Pending pending, Errno errno) {
        if (claim(pending)) {
            refuse(pending, errno);
        }
    }

    private boolean claim(Pending pending) {
        waiting.remove(pending.unique, pending);
        return pending.claim();
    }

    private boolean send(Pending pending, Answer answer) {
        try {
            device.write(answer.sealed(pending.unique, 0), answer.totalLength());
            return true;
        } catch (PosixException e) {
            if (e.errno() == Errno.EINVAL) {
                // The kernel did not take it for an answer to this request, and still waits for one.
                complaints.report("answer_refused", pending, e);
                refuse(pending, Errno.EIO);
            } else {
                unsent(pending, e);
            }
            return false;
        }
    }

    private void refuse(Pending pending, Errno errno) {
        Answer answer = refusals.get();
        answer.begin();
        try {
            device.write(answer.sealed(pending.unique, numbers.applyAsInt(errno)), answer.totalLength());
        } catch (PosixException e) {
            unsent(pending, e);
        }
    }

    /** The request was taken back, or the mount is gone: both are in order. */
    private void unsent(Pending pending, PosixException e) {
        if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENODEV) {
            complaints.report("answer_lost", pending, e);
        }
    }

    /** Somebody gave up waiting for a request. False when it is not known (yet, or any more). */
    boolean interrupt(long unique) {
        Pending pending = waiting.get(unique);
        if (pending == null) {
            return false;
        }
        if (pending.opcode == Op.READ) {
            fail(pending, Errno.EINTR);
        }
        return true;
    }

    /** Tells the kernel to send an interrupt again. */
    void again(long unique) {
        refuse(new Pending(unique, Op.INTERRUPT, 0), Errno.EAGAIN);
    }

    /** Answers those whose time is over. */
    void expire() {
        long now = ticker.nanos();
        for (Pending pending : waiting.values()) {
            if (now - pending.deadline >= 0 && claim(pending)) {
                complaints.report("deadline", pending, null);
                refuse(pending, Errno.EIO);
            }
        }
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }
}
