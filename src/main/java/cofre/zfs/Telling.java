package cofre.zfs;

import cofre.process.OutputReader;
import cofre.process.ProgramResult;
import cofre.source.SourceException;
import cofre.zfs.ZfsFault.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a command that tells changes and believes it only when nothing at all was wrong: status 0, and not a word of error. */
final class Telling {
    private final ZfsRunner runner;
    private final Duration deadline;

    Telling(ZfsRunner runner, Duration deadline) {
        this.runner = runner;
        this.deadline = deadline;
    }

    /** @throws SourceException.SnapshotGone when there is nothing of these names; then nothing was told */
    void run(Pair pair, List<String> words, OutputReader reader) throws SourceException {
        List<String> arguments = new ArrayList<>(words);
        arguments.addAll(pair.labels());
        ProgramResult result;
        try {
            result = runner.stream(arguments, deadline, reader);
        } catch (IOException e) {
            throw unknown(pair, arguments, "its output could not be understood: " + e.getMessage(), e);
        }
        Optional<ZfsFault> fault = ZfsFault.of(result, arguments);
        if (fault.isPresent() && (fault.get() == ZfsFault.DENIED || fault.get() == ZfsFault.NO_SUCH)) {
            throw fault.get().toException("tell the changes " + pair, result, Subject.SNAPSHOT);
        }
        if (fault.isPresent() || !result.err().isEmpty()) {
            throw unknown(pair, arguments, result.story(), null);
        }
    }

    private static SourceException unknown(Pair pair, List<String> arguments, String story, IOException cause) {
        return new SourceException.ChangesUnknown(
                "cannot tell the changes " + pair + ": zfs " + arguments.get(0) + " gave " + story
                        + " vs all of them without a complaint; nothing of it is used; run by hand: zfs "
                        + String.join(" ", arguments),
                cause);
    }
}
