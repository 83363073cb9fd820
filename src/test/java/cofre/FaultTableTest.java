package cofre;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of faults in docs/testing.md tells the truth. */
class FaultTableTest {
    private static final Path TABLE = Path.of("docs/testing.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|Check))`");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.matches("\\| [A-Z][0-9].*"))
                .toList();
    }

    private static List<String> testsIn(String row) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAMED.matcher(row);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> all = Files.walk(TESTS)) {
            List<Path> found = all.filter(file -> file.endsWith(test + ".java")).toList();
            assertThat(found).as(test).hasSize(1);
            return Files.readString(found.get(0));
        }
    }

    @Test
    void everyTestItNamesIsThere() throws IOException {
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(30);
        for (String row : rows) {
            for (String test : testsIn(row)) {
                assertThat(source(test)).contains("class " + test);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Z1", "Z2", "Z3", "Z4", "Z5", "Z6", "Z7", "Z8", "Z9", "Z10", "Z11", "Z12", "S1", "S2", "S3", "S4", "S5",
                "S6", "S7", "S8", "S9", "S10", "H18", "H19"
            })
    void everyFaultOfZfsAndOfStoresHasATestOfItsName(String id) throws IOException {
        List<String> rows =
                rows().stream().filter(row -> row.startsWith("| " + id + " ")).toList();
        assertThat(rows).hasSize(1);
        Pattern method = Pattern.compile("void " + id.toLowerCase(Locale.ROOT) + "[A-Z]\\w*\\(");
        StringBuilder sources = new StringBuilder();
        for (String test : testsIn(rows.get(0))) {
            sources.append(source(test));
        }
        assertThat(method.matcher(sources).find())
                .as("a method %s…", id.toLowerCase(Locale.ROOT))
                .isTrue();
    }

    /** Or, where only a real process shows it, a check of a script in src/test/sh whose sentence begins with the id. */
    @ParameterizedTest
    @ValueSource(strings = {"C1", "C4", "K10", "H12", "H15", "H16", "H17", "T1", "T3", "T4"})
    void theFaultHasATestOfItsName(String id) throws IOException {
        List<String> rows = rows().stream()
                .filter(row -> row.matches("\\| ([A-Z]\\d+, )*" + id + "[ ,].*"))
                .toList();
        assertThat(rows).hasSize(1);
        Pattern method = Pattern.compile(
                "void " + id.toLowerCase(java.util.Locale.ROOT) + "[A-Z]\\w*\\(|(check|t|refuses) ['\"]" + id + " ");
        StringBuilder sources = new StringBuilder();
        for (String test : testsIn(rows.get(0))) {
            sources.append(source(test));
        }
        Matcher script = Pattern.compile("`src/test/sh/([a-z-]+)`").matcher(rows.get(0));
        while (script.find()) {
            sources.append(Files.readString(Path.of("src/test/sh", script.group(1))));
        }
        assertThat(method.matcher(sources).find()).as("a test named %s…", id).isTrue();
    }
}
