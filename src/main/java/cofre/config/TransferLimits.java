package cofre.config;

/**
 * How fast a repository may be written to and read.
 *
 * @param upload to it
 * @param download from it
 */
public record TransferLimits(Timetable upload, Timetable download) {
    /** As fast as it goes. */
    public static final TransferLimits NONE = new TransferLimits(Timetable.UNLIMITED, Timetable.UNLIMITED);
}
