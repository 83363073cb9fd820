package cofre.control;

import cofre.progress.Level;
import cofre.progress.ProgressReport;
import java.util.Map;

/** One line of the daemon's answer. */
public sealed interface ControlEvent {
    /** The work is a job of its own and goes on when the caller leaves. */
    record Accepted(long job) implements ControlEvent {}

    /** How far the work has come. */
    record Progress(ProgressReport report) implements ControlEvent {}

    /** A sentence for the caller. */
    record Message(Level level, String text) implements ControlEvent {}

    /** One row of a listing. */
    record Item(Map<String, Object> row) implements ControlEvent {}

    /**
     * The end of the answer.
     *
     * @param exit the status to end with
     * @param error what went wrong, a whole sentence; empty when nothing did
     * @param data what the command has to say
     */
    record Result(int exit, String error, Map<String, Object> data) implements ControlEvent {}
}
