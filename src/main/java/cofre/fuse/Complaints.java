package cofre.fuse;

import cofre.progress.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines of requests that went wrong; each sort of trouble at most once in a while, as requests come in thousands. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final Ticker ticker;
    private final Map<String, Sort> sorts = new HashMap<>();

    private static final class Sort {
        long next;
        long silenced;
    }

    Complaints(Ticker ticker) {
        this.ticker = ticker;
    }

    /** {@code cause} may be null. */
    void report(String event, Pending request, Throwable cause) {
        long silenced = admit(event);
        if (silenced >= 0) {
            LOG.warn(
                    "event=fuse_{} opcode={} silenced={} cause=\"{}\"",
                    event,
                    request.opcode,
                    silenced,
                    cause == null ? "no answer in time; EIO was given" : String.valueOf(cause));
        }
    }

    /** How many were not logged since the last one; negative when this one is not to be logged either. */
    private synchronized long admit(String event) {
        Sort sort = sorts.computeIfAbsent(event, e -> new Sort());
        long now = ticker.nanos();
        if (sort.next != 0 && now - sort.next < 0) {
            sort.silenced++;
            return -1;
        }
        sort.next = now + PAUSE;
        long silenced = sort.silenced;
        sort.silenced = 0;
        return silenced;
    }
}
