package cofre.repository;

/**
 * What a repository is worked with.
 *
 * @param packSize bytes a pack may reach, 4 MiB to 128 MiB; restic's own is 16 MiB. The memory of a run is this times
 *     {@code uploads + 2}
 * @param uploads packs sent at once, at least 1
 * @param downloads files and parts of packs fetched at once, at least 1
 */
public record Tuning(int packSize, int uploads, int downloads) {
    private static final int MIB = 1 << 20;

    public Tuning {
        if (packSize < 4 * MIB || packSize > 128 * MIB || uploads < 1 || downloads < 1) {
            throw new IllegalArgumentException("cannot work with pack size " + packSize + ", " + uploads
                    + " uploads and " + downloads + " downloads vs 4 to 128 MiB and at least 1");
        }
    }

    /** restic's own pack size; few enough packs at once to fit the daemon's default heap. */
    public static Tuning standard() {
        return new Tuning(16 * MIB, 4, 5);
    }
}
