package cofre.repository.prune;

/** How much of a repository may stay taken by what no restore point needs: getting it back costs copying. */
public sealed interface MaxUnused {
    /** Bytes that may stay unused where so many are used. */
    long limit(long usedBytes);

    /**
     * A share of what is used.
     *
     * @param percent 0 to 100
     */
    record Percent(double percent) implements MaxUnused {
        public Percent {
            if (!(percent >= 0 && percent <= 100)) {
                throw new IllegalArgumentException("cannot leave " + percent + " % unused vs 0 to 100 %");
            }
        }

        @Override
        public long limit(long usedBytes) {
            return (long) (usedBytes * (percent / 100));
        }
    }

    /**
     * So many bytes.
     *
     * @param bytes at least 0
     */
    record Bytes(long bytes) implements MaxUnused {
        public Bytes {
            if (bytes < 0) {
                throw new IllegalArgumentException("cannot leave " + bytes + " bytes unused vs at least 0");
            }
        }

        @Override
        public long limit(long usedBytes) {
            return bytes;
        }
    }

    /** However much: nothing is copied to save space. */
    record Unlimited() implements MaxUnused {
        @Override
        public long limit(long usedBytes) {
            return Long.MAX_VALUE;
        }
    }
}
