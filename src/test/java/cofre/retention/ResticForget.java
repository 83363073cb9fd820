package cofre.retention;

import cofre.testkit.Command;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What real restic would forget. Go reads a time whose offset is the machine's own as a time of the machine's zone, and then
 * counts days on that zone's clock; in UTC all clocks are as they were written.
 *
 * @param store the repository
 * @param zone the machine's
 */
record ResticForget(Path store, String zone) {
    /** Its choice by this policy for each of these hosts of a repository; for no hosts, of every host. */
    Map<String, Verdict> judge(RetentionPolicy policy, Collection<String> hosts) throws Exception {
        String output = command(policy, hosts).run();
        Map<String, Verdict> verdicts = new TreeMap<>();
        for (JsonNode group : new ObjectMapper().readTree(output)) {
            verdicts.put(group.get("host").asText(), verdict(group));
        }
        return verdicts;
    }

    /** Whether it refuses because of this host's list nothing would be left; there is no option that makes it go on. */
    boolean refusesToRemoveAll(RetentionPolicy policy, String host) throws Exception {
        Command.Result result = command(policy, List.of(host)).runToAnyEnd();
        return result.status() == 1 && result.output().contains("refusing to delete last snapshot");
    }

    private Command command(RetentionPolicy policy, Collection<String> hosts) {
        List<String> arguments =
                new ArrayList<>(List.of("forget", "--dry-run", "--json", "--no-lock", "--group-by", "host,paths"));
        policy.rules().forEach(rule -> arguments.addAll(option(rule)));
        hosts.forEach(host -> arguments.addAll(List.of("--host", host)));
        return Command.restic("0.18", store, arguments.toArray(String[]::new)).with("TZ", zone);
    }

    private static Verdict verdict(JsonNode group) {
        List<String> kept = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (JsonNode reason : group.path("reasons")) {
            kept.add(name(reason.get("snapshot")) + " " + texts(reason.get("matches")));
        }
        for (JsonNode snapshot : group.path("remove")) {
            dropped.add(name(snapshot));
        }
        return new Verdict(kept, dropped);
    }

    private static String name(JsonNode snapshot) {
        return Verdict.name(OffsetDateTime.parse(snapshot.get("time").asText()), texts(snapshot.path("tags")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> option(Rule rule) {
        if (rule instanceof Rule.Tagged tagged) {
            return List.of("--keep-tag", String.join(",", tagged.all()));
        }
        String name = "--keep-"
                + (rule instanceof Rule.Last ? "last-" : "")
                + (rule.span().isPresent() ? "within-" : "")
                + rule.interval().map(each -> each.adverb() + "-").orElse("");
        String value = rule.span()
                .map(CalendarSpan::toString)
                .orElse(rule.count() == Rule.UNLIMITED ? "unlimited" : Integer.toString(rule.count()));
        return List.of(name.substring(0, name.length() - 1), value);
    }
}
