package cofre.backup;

import cofre.path.RawPath;
import java.time.Instant;

/** Hears what a walk found, so that the next run can begin where this one ended. For the walking
 * thread alone, but for {@link #unfinished}. */
interface Findings {
    /** The number of the share's root directory: its own differs from view to view. */
    long ROOT = cofre.change.Catalogue.ROOT_DIR;

    /** For runs nobody learns from. */
    Findings NONE = new Findings() {
        @Override
        public void seen(long object) {}

        @Override
        public void joined(long object, long directory, Instant ctime) {}

        @Override
        public void left(long object, long directory) {}

        @Override
        public void touched(long object, Instant ctime) {}

        @Override
        public void unfinished(long directory) {}

        @Override
        public void surprised(RawPath path) {}
    };

    /** The object has a name in the share. */
    void seen(long object);

    /** A name of the object is in this directory and was not as of the parent restore point. */
    void joined(long object, long directory, Instant ctime);

    /** A name of the object was in this directory as of the parent restore point and is no more. */
    void left(long object, long directory);

    /** The object is still in the directory it was in, and has this change time. */
    void touched(long object, Instant ctime);

    /** Something in the directory could not be read: the next run has to look at all of it. From any thread. */
    void unfinished(long directory);

    /** The entry is not what it was, although nothing said that it had changed. */
    void surprised(RawPath path);
}
