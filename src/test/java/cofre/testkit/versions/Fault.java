package cofre.testkit.versions;

import cofre.browse.BrowseException;
import java.util.concurrent.CountDownLatch;

/** What happens before an entry is looked at or read. */
@FunctionalInterface
public interface Fault {
    /** Nothing. */
    Fault NONE = () -> {};

    /** Happens. */
    void strike() throws BrowseException;

    /** The store does not answer. */
    static Fault unavailable() {
        return () -> {
            throw new BrowseException.Unavailable("cannot read: the store is away", null);
        };
    }

    /** No copy is right. */
    static Fault damaged() {
        return () -> {
            throw new BrowseException.Damaged("cannot read: the store holds something else", null);
        };
    }

    /** The version was forgotten. */
    static Fault gone() {
        return () -> {
            throw new BrowseException.Gone("cannot read: the version is gone");
        };
    }

    /** A mistake in the tree itself. */
    static Fault throwing() {
        return () -> {
            throw new IllegalStateException("a mistake");
        };
    }

    /** Even worse. */
    static Fault exhausted() {
        return () -> {
            throw new StackOverflowError("a deep mistake");
        };
    }

    /** Does not go on until the latch opens. */
    static Fault hanging(CountDownLatch until) {
        return () -> {
            boolean interrupted = false;
            while (true) {
                try {
                    until.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
