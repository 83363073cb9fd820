package cofre.command;

import cofre.backup.Detection;
import cofre.backup.LastRun;
import cofre.format.SnapshotId;
import cofre.state.ShareMemory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What runs leave for the next one, as it is remembered. */
final class DetectionMemory {
    private DetectionMemory() {}

    static ShareMemory.Detection toState(LastRun run) {
        return toState(run.detection(), run.indexes(), run.owners());
    }

    private static ShareMemory.Detection toState(Detection detection, Set<String> indexes, Map<String, String> owners) {
        return new ShareMemory.Detection(
                detection.method().name(),
                detection.why(),
                detection.lastAudit(),
                detection.lastPart(),
                detection.part(),
                detection.missed(),
                detection.distrust(),
                indexes,
                owners);
    }

    /** Empty when it says nothing a run can use. */
    static Optional<LastRun> toRun(ShareMemory.LastPoint last) {
        try {
            return Optional.of(new LastRun(
                    SnapshotId.parse(last.point()),
                    last.source(),
                    last.viewId(),
                    last.detection().indexes(),
                    last.detection().owners(),
                    detection(last.detection())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Detection detection(ShareMemory.Detection was) {
        return new Detection(
                Detection.Method.valueOf(was.method()),
                was.why(),
                was.lastAudit(),
                was.lastPart(),
                was.part(),
                was.missed(),
                was.distrust());
    }

    static ShareMemory.LastPoint trusted(ShareMemory.LastPoint last) {
        ShareMemory.Detection was = last.detection();
        return new ShareMemory.LastPoint(
                last.point(),
                last.repository(),
                last.source(),
                last.view(),
                last.viewId(),
                last.time(),
                toState(detection(was).trusted(), was.indexes(), was.owners()));
    }
}
