package cofre.backup;

import cofre.change.DirtyRanges;
import cofre.format.Node;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.util.Optional;

/**
 * How much of a frozen tree has to be looked at. Objects and directories are known by their numbers, which are those of
 * the nodes in the parent restore point. For the walking thread alone.
 */
interface Scope {
    /** Everything, because nothing is known. */
    Scope WHOLE = new Scope() {
        @Override
        public boolean knows(long directory) {
            return false;
        }

        @Override
        public boolean mayHaveChanged(long object) {
            return true;
        }

        @Override
        public boolean isStranger(long object) {
            return true;
        }

        @Override
        public boolean holdsChanges(long directory) {
            return true;
        }

        @Override
        public boolean isDoubted(long directory) {
            return true;
        }

        @Override
        public Optional<Node> before(long object) {
            return Optional.empty();
        }

        @Override
        public boolean attributesChanged(long object) {
            return false;
        }

        @Override
        public Optional<DirtyRanges> ranges(long object) {
            return Optional.empty();
        }
    };

    /** Whether the directory was in the share as of the parent restore point, so that its node there tells what it held. */
    boolean knows(long directory) throws SourceException;

    /** False only when the object is for sure what it was. */
    boolean mayHaveChanged(long object);

    /** Whether the object was not in the share as of the parent restore point, or another one had its number. */
    boolean isStranger(long object);

    /** Whether the directory, or one below it as of the parent restore point, holds something that may have changed. */
    boolean holdsChanges(long directory);

    /** Whether every entry of the directory must be looked at, whatever is known of it. */
    boolean isDoubted(long directory);

    /** The object's node in the parent restore point, wherever it was; empty when it was not there or cannot be found. */
    Optional<Node> before(long object) throws BackendException, SourceException;

    /** Whether its extended attributes are known to have changed, whatever its times say. */
    boolean attributesChanged(long object);

    /**
     * What of the object's content is not what it was in the parent restore point; empty when that is not known, and when
     * it is not the object that had this number then.
     */
    Optional<DirtyRanges> ranges(long object);
}
