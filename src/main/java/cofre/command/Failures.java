package cofre.command;

import cofre.control.CommandException;
import cofre.control.Exit;
import cofre.daemon.JobException;
import cofre.previous.PreviousException;
import cofre.repository.RepositoryException;
import cofre.source.SourceException;
import cofre.storage.BackendException;
import java.io.IOException;

/** Every family of errors as an exit status and a sentence. */
final class Failures {
    private Failures() {}

    /** Work that may fail in any of the families. */
    interface Work<T> {
        T run()
                throws SourceException, BackendException, RepositoryException, PreviousException, IOException,
                        CommandException, InterruptedException;
    }

    /** Does the work of a job. */
    static <T> T inJob(Work<T> work) throws JobException, InterruptedException {
        try {
            return work.run();
        } catch (CommandException e) {
            throw new JobException(e.exit(), e.getMessage(), e);
        } catch (SourceException | BackendException | RepositoryException | PreviousException | IOException e) {
            endIfInterrupted();
            throw new JobException(exitOf(e), e.getMessage(), e);
        }
    }

    /** Does the work of a command that is answered at once. */
    static <T> T inCommand(Work<T> work) throws CommandException, InterruptedException {
        try {
            return work.run();
        } catch (SourceException | BackendException | RepositoryException | PreviousException | IOException e) {
            endIfInterrupted();
            throw new CommandException(exitOf(e), e.getMessage());
        }
    }

    /** A store that was being talked to when the work was cancelled says "unreachable"; what it means is "cancelled". */
    private static void endIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
    }

    /** The sentence for what is nobody's fault but ours. */
    static String ofOurs(Throwable e) {
        return "cannot go on: a fault of cofre itself (" + e.getClass().getSimpleName()
                + "); nothing was changed that was there before; the daemon's log says more";
    }

    /** restic's statuses. */
    static int exitOf(Exception e) {
        if (e instanceof RepositoryException.WrongPassword) {
            return Exit.WRONG_PASSWORD;
        }
        if (e instanceof RepositoryException.Missing) {
            return Exit.NO_REPOSITORY;
        }
        if (e instanceof RepositoryException.Locked) {
            return Exit.LOCKED;
        }
        return e instanceof RepositoryException.Unrecognised ? Exit.UNRECOGNISED : Exit.FAILED;
    }
}
