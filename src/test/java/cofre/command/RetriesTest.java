package cofre.command;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.control.Exit;
import cofre.daemon.JobState;
import cofre.daemon.JobView;
import cofre.progress.ProgressReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static JobView job(JobState state, int exit, String... made) {
        List<Map<String, Object>> rows = List.of(made).stream()
                .map(share -> Map.<String, Object>of("share", share))
                .toList();
        return new JobView(
                1,
                "backup",
                "",
                state,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                ProgressReport.START,
                0,
                List.of(),
                exit,
                "",
                Map.of("items", rows));
    }

    @Test
    void onlySharesOfWhichNothingWasMade() {
        List<String> tasks = List.of("share:a", "share:b");
        assertThat(Retries.of(job(JobState.DONE, Exit.FAILED, "a"), tasks)).containsExactly("share:b");
        assertThat(Retries.of(job(JobState.FAILED, Exit.FAILED), tasks)).containsExactlyElementsOf(tasks);
        assertThat(Retries.of(job(JobState.DONE, Exit.INCOMPLETE, "a", "b"), tasks))
                .isEmpty();
        assertThat(Retries.of(job(JobState.CANCELLED, Exit.INTERRUPTED), tasks)).isEmpty();
        assertThat(Retries.of(job(JobState.DONE, Exit.UNRECOGNISED), tasks)).isEmpty();
    }

    @Test
    void aCheckThatFoundDamageWasDone() {
        assertThat(Retries.of(job(JobState.DONE, Exit.FAILED), List.of("check:r")))
                .isEmpty();
        assertThat(Retries.of(job(JobState.FAILED, Exit.LOCKED), List.of("check:r")))
                .containsExactly("check:r");
    }
}
