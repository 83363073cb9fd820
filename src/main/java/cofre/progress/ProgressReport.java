package cofre.progress;

/**
 * How far a phase has come. A total of 0 means that it is not known.
 *
 * @param phase the phase's name; empty before the first
 * @param filesDone finished files
 * @param filesTotal files expected
 * @param bytesDone finished bytes
 * @param bytesTotal bytes expected
 * @param bytesPerSecond how fast the phase went lately
 * @param elapsedMillis since the work began
 */
public record ProgressReport(
        String phase,
        long filesDone,
        long filesTotal,
        long bytesDone,
        long bytesTotal,
        long bytesPerSecond,
        long elapsedMillis) {
    /** Before anything has begun. */
    public static final ProgressReport START = new ProgressReport("", 0, 0, 0, 0, 0, 0);

    /** Seconds still to go at the present rate; -1 when that cannot be said. */
    public long secondsLeft() {
        if (bytesTotal <= 0 || bytesPerSecond <= 0) {
            return -1;
        }
        return Math.max(0, bytesTotal - bytesDone) / bytesPerSecond;
    }

    /** 0 to 100, by bytes or, where there are none, by files; -1 when that cannot be said. */
    public int percent() {
        long total = bytesTotal > 0 ? bytesTotal : filesTotal;
        long done = bytesTotal > 0 ? bytesDone : filesDone;
        return total <= 0 ? -1 : (int) (100.0 * Math.min(done, total) / total);
    }
}
