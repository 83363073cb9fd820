package cofre.repository.check;

import cofre.format.PackId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * How much of a repository's data was read and verified, and when. Packs are taken together by the first twelve bits of
 * their names, which are hashes: so every pack, also one that comes later, belongs to one of 4096 slots of about the same size,
 * and what has to be remembered does not grow. A slot counts as read when all packs it then had were.
 *
 * <p>No clock is believed to have stood still or gone back: then all readings grow older by what it was set back and by one
 * interval, so that a slot is rather read once too often. Immutable.
 */
public final class ReadCoverage {
    /** Into how many parts the packs are divided. */
    public static final int SLOTS = 4096;

    private static final long MAGIC = 0x636f667265636f76L; // "cofrecov"
    private static final long NEVER = Long.MIN_VALUE;
    private static final int HEAD = 3 * Long.BYTES;
    private static final int LENGTH = HEAD + SLOTS * Long.BYTES + Integer.BYTES;

    private final long since;
    private final long look;
    private final long[] read; // epoch seconds, or NEVER

    private ReadCoverage(long since, long look, long[] read) {
        this.since = since;
        this.look = look;
        this.read = read;
    }

    /** Nothing was read so far; counting begins now. */
    public static ReadCoverage beginning(Instant now) {
        long[] read = new long[SLOTS];
        Arrays.fill(read, NEVER);
        return new ReadCoverage(now.getEpochSecond(), now.getEpochSecond(), read);
    }

    /** The slot a pack belongs to. */
    public static int slot(PackId pack) {
        return (int) (pack.hash().a() >>> 52);
    }

    /**
     * What is due.
     *
     * @param coverage what was read so far, as of now
     * @param slots which slots have to be read now
     */
    public record Due(ReadCoverage coverage, BitSet slots) {}

    /**
     * What has to be read now so that everything is read once in {@code within}: those slots that would wait too long until
     * the check after the next, and of the others the oldest, as many as keep pace. After a pause that is more, and never more
     * than everything.
     *
     * @param interval how long it is until the next check
     * @param within zero when nothing is ever due
     */
    public Due due(Instant now, Duration interval, Duration within) {
        ReadCoverage seen = at(now, interval);
        BitSet slots = new BitSet(SLOTS);
        if (within.isZero()) {
            return new Due(seen, slots);
        }
        long most = within.toSeconds();
        long wait = interval.toSeconds();
        long pace = Math.max(wait, Math.min(seen.look - Math.min(look, seen.look), most));
        long round = most - Math.max(2 * wait, most / 6);
        int many = pace >= round ? SLOTS : (int) ((SLOTS * pace + round - 1) / round);
        int[] oldestFirst = IntStream.range(0, SLOTS)
                .boxed()
                .sorted(Comparator.comparingLong(seen::readOrBegun))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < SLOTS; i++) {
            long age = seen.look - seen.readOrBegun(oldestFirst[i]);
            if (i < many || age + wait + wait / 2 > most) {
                slots.set(oldestFirst[i]);
            }
        }
        return new Due(seen, slots);
    }

    private long readOrBegun(int slot) {
        return read[slot] == NEVER ? since : read[slot];
    }

    /** The same as seen at this moment. */
    private ReadCoverage at(Instant now, Duration interval) {
        long moment = now.getEpochSecond();
        if (moment >= look) {
            return new ReadCoverage(since, moment, read);
        }
        long back = look - moment + interval.toSeconds();
        long[] older = Arrays.stream(read)
                .map(second -> second == NEVER ? NEVER : second - back)
                .toArray();
        return new ReadCoverage(since - back, moment, older);
    }

    /** With these slots read when it was looked what is due. */
    public ReadCoverage with(BitSet slots) {
        long[] more = read.clone();
        slots.stream().forEach(slot -> more[slot] = look);
        return new ReadCoverage(since, look, more);
    }

    /** When what was read longest ago was read; empty as long as something never was. */
    public Optional<Instant> oldest() {
        long least = Arrays.stream(read).min().orElse(NEVER);
        return least == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(least));
    }

    /** How many of a hundred parts were read at least once in the time before the last look. */
    public int percentWithin(Duration within) {
        long from = look - within.toSeconds();
        long many = Arrays.stream(read)
                .filter(second -> second != NEVER && second >= from)
                .count();
        return (int) (many * 100 / SLOTS);
    }

    /** As a file of 32 KiB. */
    public byte[] encode() {
        ByteBuffer file = ByteBuffer.allocate(LENGTH);
        file.putLong(MAGIC).putLong(since).putLong(look);
        Arrays.stream(read).forEach(file::putLong);
        return file.putInt(sum(file.array())).array();
    }

    /** What a file says; empty when it is not whole. A slot read after the last look counts as never read. */
    public static Optional<ReadCoverage> decode(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (bytes.length != LENGTH || file.getLong() != MAGIC || file.getInt(LENGTH - Integer.BYTES) != sum(bytes)) {
            return Optional.empty();
        }
        long since = file.getLong();
        long look = file.getLong();
        long[] read = new long[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            long second = file.getLong();
            read[i] = second > look ? NEVER : second;
        }
        return Optional.of(new ReadCoverage(Math.min(since, look), look, read));
    }

    private static int sum(byte[] file) {
        CRC32 crc = new CRC32();
        crc.update(file, 0, LENGTH - Integer.BYTES);
        return (int) crc.getValue();
    }
}
