package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.ExcludeRules;
import cofre.path.RawPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real restic and our rules leave out the same entries. {@code @} in a pattern stands for the tree's own path. */
@Tag("interop")
@Timeout(600)
class ExcludeInteropTest {
    private static final List<List<String>> PATTERNS = Stream.of(
                    "*.tmp",
                    "*",
                    "?",
                    "??",
                    "a*",
                    "*a",
                    "*.t?p",
                    "[a-c]*",
                    "[^a-c]*",
                    "[\u00e1-\u00fa]*",
                    "\u00e7*",
                    "?\u00e7*",
                    "\\*",
                    "\\[x\\]",
                    "[[]x]",
                    "[*]",
                    "[]-a]x",
                    "[\\]]x",
                    "[a\\-z]x",
                    "[x-]",
                    "dir",
                    "dir/",
                    "/dir",
                    "@/dir",
                    "@/dir/",
                    "@/*",
                    "@/*/sub",
                    "@/**/sub",
                    "@/**",
                    "**/sub",
                    "**/sub/**",
                    "dir/**",
                    "dir/**/deep.tmp",
                    "dir/sub",
                    "sub/deep.tmp",
                    "d*/s*",
                    "dir/*/deep.tmp",
                    "**",
                    "**/",
                    "@/dir/../a.tmp",
                    "./a.tmp",
                    "@//dir//sub",
                    "dir/./sub",
                    "dir//sub",
                    " ",
                    "a b",
                    "A.TMP",
                    "**.tmp",
                    "a**",
                    "d**r/sub",
                    "{a,b}",
                    "$HOME")
            .map(List::of)
            .toList();

    private static final List<List<String>> LISTS = List.of(
            List.of("*.tmp", "!a.tmp"),
            List.of("!a.tmp", "*.tmp"),
            List.of("dir", "!dir/sub"),
            List.of("@/dir/*", "!@/dir/sub"),
            List.of("*", "!*.tmp"),
            List.of("*", "!dir", "!@"),
            List.of("*.tmp", "!dir/**", "deep.tmp"));

    @TempDir
    Path temp;

    private Path tree;

    @Test
    void theSameEntriesAreLeftOut() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        for (String name : List.of(
                "a.tmp",
                "b",
                "ab",
                "\u00e7",
                "x\u00e7x",
                "*",
                "[x]",
                "]x",
                "-x",
                "ax",
                "x-",
                "x",
                " ",
                "a b",
                "{a,b}",
                "$HOME",
                "A.TMP")) {
            Files.writeString(tree.resolve(name), name);
        }
        for (String dir : List.of("dir/sub", "other/sub/more", "other/dir")) {
            Files.createDirectories(tree.resolve(dir));
            Files.writeString(tree.resolve(dir).resolve("deep.tmp"), dir);
            Files.writeString(tree.resolve(dir).resolve("keep"), dir);
        }
        Restic restic = new Restic("restic-0.18", temp.resolve("repository"), temp);
        restic.succeed("init");
        List<String> differences = new ArrayList<>();
        for (List<String> patterns :
                Stream.concat(PATTERNS.stream(), LISTS.stream()).toList()) {
            compare(
                    restic,
                    patterns.stream().map(p -> p.replace("@", tree.toString())).toList(),
                    differences);
        }
        assertThat(differences).isEmpty();
    }

    private void compare(Restic restic, List<String> patterns, List<String> differences) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("backup", "--dry-run", "-vv", "--json", tree.toString()));
        Path rules = Files.write(
                temp.resolve("rules"),
                patterns.stream().map(p -> p.replace("$", "$$")).toList());
        if (patterns.stream().allMatch(p -> p.equals(p.strip()))) {
            arguments.addAll(List.of("--exclude-file", rules.toString()));
        } else {
            patterns.forEach(pattern -> arguments.addAll(List.of("--exclude", pattern))); // a file's lines are trimmed
        }
        Restic.Result result = restic.run(arguments.toArray(String[]::new));
        ExcludeRules ours;
        try {
            ours = ExcludeRules.of(patterns);
        } catch (IllegalArgumentException e) {
            return; // stricter than restic is allowed: it tells what it does not understand
        }
        Set<String> theirsKept = kept(result.output());
        Set<String> oursKept = kept(ours);
        if (!theirsKept.equals(oursKept)) {
            differences.add(patterns + " restic: " + theirsKept + " ours: " + oursKept + " ("
                    + result.output().lines().filter(l -> l.contains("atal")).toList() + ")");
        }
    }

    /** Paths below the tree that restic would keep. */
    private Set<String> kept(String output) throws Exception {
        Set<String> kept = new TreeSet<>();
        for (String line : output.lines().filter(l -> l.startsWith("{")).toList()) {
            JsonNode message = new ObjectMapper().readTree(line);
            if (message.path("message_type").asText().equals("verbose_status") && message.has("item")) {
                String item = message.get("item").asText().replaceAll("/$", "");
                if (item.startsWith(tree + "/")) {
                    kept.add(item.substring(tree.toString().length()));
                }
            }
        }
        return kept;
    }

    private Set<String> kept(ExcludeRules rules) throws Exception {
        Set<String> kept = new TreeSet<>();
        if (!excluded(rules, tree)) {
            walk(rules, tree, kept);
        }
        return kept;
    }

    private void walk(ExcludeRules rules, Path dir, Set<String> kept) throws Exception {
        try (Stream<Path> entries = Files.list(dir)) {
            for (Path entry : entries.toList()) {
                if (!excluded(rules, entry)) {
                    kept.add(entry.toString().substring(tree.toString().length()));
                    if (Files.isDirectory(entry)) {
                        walk(rules, entry, kept);
                    }
                }
            }
        }
    }

    private static boolean excluded(ExcludeRules rules, Path path) {
        return rules.excludes(RawPath.of(path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
