package cofre.format;

import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;

/** Lock files to JSON and back. */
public final class LockCodec {
    /** Largest lock file read, as plain JSON. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final long MAX_UINT32 = 0xffff_ffffL;

    private LockCodec() {}

    /** The lock as restic writes it. */
    public static byte[] encode(LockFile lock) {
        JsonBytes out = new JsonBytes(256);
        out.raw("{\"time\":");
        Rfc3339.write(lock.time(), out);
        out.raw(",\"exclusive\":").raw(Boolean.toString(lock.exclusive()));
        out.raw(",\"hostname\":").string(lock.hostname());
        out.raw(",\"username\":").string(lock.username());
        out.raw(",\"pid\":").unsigned(lock.pid());
        if (lock.uid() != 0) {
            out.raw(",\"uid\":").unsigned(lock.uid());
        }
        if (lock.gid() != 0) {
            out.raw(",\"gid\":").unsigned(lock.gid());
        }
        return out.raw('}').toByteArray();
    }

    /**
     * The lock in these bytes.
     *
     * @throws FormatException also when it has no time or does not say whether it is exclusive: then it is something else
     */
    public static LockFile decode(byte[] json) throws FormatException {
        JsonInput in = new JsonInput("lock", json, 0, json.length, MAX_BYTES);
        ZonedDateTime time = null;
        boolean isExclusive = false;
        String hostname = "";
        String username = "";
        long[] numbers = new long[3];
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            switch (in.field()) {
                case "time" -> time = in.zoned();
                case "exclusive" -> isExclusive = in.truth();
                case "hostname" -> hostname = in.text();
                case "username" -> username = in.text();
                case "pid" -> numbers[0] = in.unsigned(Integer.MAX_VALUE);
                case "uid" -> numbers[1] = in.unsigned(MAX_UINT32);
                case "gid" -> numbers[2] = in.unsigned(MAX_UINT32);
                default -> in.skip();
            }
        }
        if (time == null || !seen.contains("exclusive")) {
            throw in.bad("an object without " + (time == null ? "time" : "exclusive"), "a lock with both");
        }
        in.end();
        return new LockFile(time, isExclusive, hostname, username, numbers[0], numbers[1], numbers[2]);
    }
}
