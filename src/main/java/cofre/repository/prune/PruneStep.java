package cofre.repository.prune;

import cofre.format.PackId;

/** What is to become of one pack that does not simply stay. */
public sealed interface PruneStep {
    /** The pack. */
    PackId pack();

    /**
     * Nothing in it is needed here: it is dropped.
     *
     * @param bytes what it takes on the store
     * @param isStored whether it is on the store at all
     */
    record Drop(PackId pack, long bytes, boolean isStored) implements PruneStep {
        @Override
        public String toString() {
            return "drop " + pack.hex() + ": " + bytes + " bytes, none needed"
                    + (isStored ? "" : "; it is not on the store");
        }
    }

    /**
     * What is used in it is copied, then it is dropped.
     *
     * @param usedBytes what is copied
     * @param bytes what it takes on the store
     * @param reason why, e.g. {@code small}
     */
    record Copy(PackId pack, long usedBytes, long bytes, String reason) implements PruneStep {
        @Override
        public String toString() {
            return "copy " + pack.hex() + ": " + usedBytes + " of " + bytes + " bytes, " + reason;
        }
    }

    /**
     * Something is wrong with it: it stays as it is.
     *
     * @param reason what is wrong
     */
    record Refuse(PackId pack, String reason) implements PruneStep {
        @Override
        public String toString() {
            return "refuse " + pack.hex() + ": " + reason;
        }
    }
}
