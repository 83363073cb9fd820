package cofre.zfs;

import cofre.process.ProgramResult;
import cofre.source.SourceException;
import cofre.zfs.ZfsFault.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of zfs(8) and the first look at their answers. Thread-safe. */
final class Zfs {
    private final ZfsRunner runner;
    private final Duration deadline;

    Zfs(ZfsRunner runner, Duration deadline) {
        this.runner = runner;
        this.deadline = deadline;
    }

    /** One call and its answer. */
    record Answer(ProgramResult result, Optional<ZfsFault> fault) {
        boolean is(ZfsFault other) {
            return fault.isPresent() && fault.get() == other;
        }

        /** Standard output of a call that went well. {@code doing} reads on from "cannot". */
        String orThrow(String doing, Subject subject) throws SourceException {
            if (fault.isPresent()) {
                throw fault.get().toException(doing, result, subject);
            }
            return result.out();
        }
    }

    Answer call(List<String> arguments) {
        ProgramResult result = runner.run(arguments, deadline);
        return new Answer(result, ZfsFault.of(result, arguments));
    }

    /** {@code words} followed by {@code names}. */
    Answer call(List<String> words, List<String> names) {
        List<String> arguments = new ArrayList<>(words);
        arguments.addAll(names);
        return call(arguments);
    }
}
