package cofre.command;

import cofre.control.CommandException;
import java.util.concurrent.Semaphore;

/**
 * Lets one short command at a time load an index: each takes about 60 bytes a blob, and dozens may be asked for at once.
 * Those that come later wait for their turn. Thread-safe.
 */
final class OneAtATime {
    private final Semaphore turn = new Semaphore(1, true);

    /** Does the work when it is its turn. */
    <T> T run(Failures.Work<T> work) throws CommandException, InterruptedException {
        turn.acquire();
        try {
            return Failures.inCommand(work);
        } finally {
            turn.release();
        }
    }
}
