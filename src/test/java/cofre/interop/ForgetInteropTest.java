package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.DaemonInProcess;
import cofre.DaemonInProcess.Answer;
import cofre.testkit.Command;
import cofre.testkit.Engines;
import cofre.testkit.SettableClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** T2, from the command line on: {@code cofre forget --dry-run} and real restic on the same repository. */
@Tag("interop")
@Timeout(300)
class ForgetInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Policy(String ours, List<String> restics) {}

    private static final List<Policy> POLICIES = List.of(
            new Policy("{ last = 3 }", List.of("--keep-last", "3")),
            new Policy(
                    "{ daily = 7, weekly = 4, monthly = 6, yearly = 2 }",
                    List.of("--keep-daily", "7", "--keep-weekly", "4", "--keep-monthly", "6", "--keep-yearly", "2")),
            new Policy("{ hourly = \"all\" }", List.of("--keep-hourly", "unlimited")),
            new Policy("{ within = \"9d12h\" }", List.of("--keep-within", "9d12h")),
            new Policy(
                    "{ within_daily = \"1m\", within_weekly = \"2m\", last = 1 }",
                    List.of("--keep-within-daily", "1m", "--keep-within-weekly", "2m", "--keep-last", "1")),
            new Policy("{ tags = [\"year-end\", \"pin\"] }", List.of("--keep-tag", "year-end", "--keep-tag", "pin")),
            new Policy(
                    "{ weekly = 2, tags = [\"year-end\"] }",
                    List.of("--keep-weekly", "2", "--keep-tag", "year-end", "--keep-tag", "pin")));

    @TempDir
    private Path temp;

    private final SettableClock clock = new SettableClock("2026-01-02T09:00:00Z");
    private Path store;

    private String[] config(String keep) throws Exception {
        Path live = Files.createDirectories(temp.resolve("live/sub"));
        Path password = DaemonInProcess.secret(temp.resolve("password"), Engines.PASSWORD);
        String share = "]\nrepository = \"r\"\nkeep = " + keep + "\ndirectory = \"";
        return new String[] {
            "[repository.r]\nurl = \"" + store + "\"\npassword_file = \"" + password + "\"\nforget_most = 100",
            "[share.s" + share + live.getParent() + "\"",
            "[share.t" + share + live + "\""
        };
    }

    @Test
    void t2OursAndResticsChoiceOnOneRepositoryAreTheSame() throws Exception {
        store = temp.resolve("repo");
        try (DaemonInProcess daemon = new DaemonInProcess(temp, clock, null, config("{ last = 1 }"))) {
            daemon.run("init");
            makePoints(daemon);
            for (Policy policy : POLICIES) {
                daemon.configure(config(policy.ours()));
                assertThat(ours(daemon)).as(policy.ours()).isEqualTo(restics(policy));
            }
            Policy last = POLICIES.get(1);
            daemon.configure(config(last.ours()));
            Map<String, Boolean> wanted = restics(last);
            assertThat(daemon.run("forget", "--all").exit()).isZero();
            wanted.values().removeIf(kept -> !kept);
            assertThat(restics(last)).as("and what is left restic would leave").isEqualTo(wanted);
        }
        Command.restic("0.18", store, "check", "--read-data").run();
    }

    /** Some of both shares; a tag here and there; a pin, which restic is told of as a tag to be kept. */
    private void makePoints(DaemonInProcess daemon) throws Exception {
        Random random = new Random(7);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            Files.writeString(temp.resolve("live/sub/file"), "state " + i);
            assertThat(daemon.run("backup", random.nextInt(3) == 0 ? "t" : "s").exit())
                    .isZero();
            clock.advance(Duration.ofMinutes(random.nextInt(3) == 0 ? 40 : 60 * 24 * (1 + random.nextInt(12))));
        }
        assertThat(daemon.run("backup", "--all").exit()).isZero();
        for (String line : daemon.run("--json", "points").out().lines().toList()) {
            JsonNode row = JSON.readTree(line).path("row");
            if (row.has("id")) {
                ids.add(row.get("id").asText());
            }
        }
        Command.restic("0.18", store, "tag", "--add", "year-end", ids.get(2), ids.get(9))
                .run();
        Command.restic("0.18", store, "tag", "--add", "pin", ids.get(4), ids.get(15), ids.get(22))
                .run();
        clock.advance(Duration.ofHours(1));
    }

    private Map<String, Boolean> ours(DaemonInProcess daemon) throws Exception {
        Answer plan = daemon.run("--json", "forget", "--dry-run", "--all");
        TreeMap<String, Boolean> kept = new TreeMap<>();
        for (String line : plan.out().lines().toList()) {
            JsonNode row = JSON.readTree(line).path("row");
            if (row.has("id")) {
                kept.put(row.get("id").asText(), row.get("keep").asBoolean());
            }
        }
        assertThat(kept).as(plan.err()).hasSizeGreaterThan(2);
        return kept;
    }

    private Map<String, Boolean> restics(Policy policy) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("forget", "--dry-run", "--json", "--no-lock", "--group-by", "host,paths"));
        arguments.addAll(policy.restics());
        if (!policy.restics().contains("pin")) {
            arguments.addAll(List.of("--keep-tag", "pin"));
        }
        String said = Command.restic("0.18", store, arguments.toArray(String[]::new))
                .with("TZ", "UTC")
                .run();
        TreeMap<String, Boolean> kept = new TreeMap<>();
        for (JsonNode group : JSON.readTree(said)) {
            group.path("keep").forEach(one -> kept.put(one.get("id").asText(), true));
            group.path("remove").forEach(one -> kept.put(one.get("id").asText(), false));
        }
        return kept;
    }
}
