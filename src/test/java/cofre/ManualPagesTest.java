package cofre;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual pages name every option and every setting there is, and none there is not. */
class ManualPagesTest {
    private static final Path MAN = Path.of("docs/man");
    /** Keys of the catalogue that describe options: the command line's own test sees to it that each has one. */
    private static final Pattern OPTION = Pattern.compile("(?m)^cofre\\.([a-z.-]+)\\.([a-z-]+)=");

    @Test
    void namesEveryOptionOfEveryCommand() throws IOException {
        String texts = Files.readString(Path.of("src/main/resources/cofre/cli/messages.properties"));
        Matcher option = OPTION.matcher(texts);
        SortedSet<String> missing = new TreeSet<>();
        int seen = 0;
        while (option.find()) {
            String page = option.group(1).equals("rest-server") ? "cofre-rest-server.8" : "cofre.8";
            String name = option.group(2);
            boolean text = name.equals("header") || name.equals("footer");
            if (!text) {
                seen++;
                String flag = name.equals("recursive") ? "Fl r\\b" : "Fl -" + name + "(?![a-z-])";
                if (!Pattern.compile(flag).matcher(words(page)).find()) {
                    missing.add(page + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(seen).isGreaterThan(30);
    }

    @Test
    void namesOnlyOptionsThereAre() throws IOException {
        String texts = Files.readString(Path.of("src/main/resources/cofre/cli/messages.properties"));
        SortedSet<String> known =
                new TreeSet<>(List.of("make-cds", "config", "socket", "json", "quiet", "verbose", "help"));
        OPTION.matcher(texts).results().forEach(m -> known.add(m.group(2)));
        for (String page : List.of("cofre.8", "cofred.8", "cofre-rest-server.8")) {
            Matcher flag = Pattern.compile("Fl -([a-z][a-z-]*)").matcher(words(page));
            while (flag.find()) {
                assertThat(known).as(page).contains(flag.group(1));
            }
        }
    }

    @Test
    void namesEverySettingOfTheSampleAndNoOther() throws IOException {
        SortedSet<String> sample = new TreeSet<>();
        Pattern.compile("(?m)^#?([a-z_]+) = ")
                .matcher(Files.readString(Path.of("etc/cofre.toml.sample")))
                .results()
                .forEach(m -> sample.add(m.group(1)));
        SortedSet<String> page = new TreeSet<>();
        Pattern.compile("(?m)^\\.It Ic (.*)$")
                .matcher(Files.readString(MAN.resolve("cofre.toml.5")))
                .results()
                .forEach(m -> page.addAll(List.of(m.group(1).split(" , "))));
        assertThat(page).isEqualTo(sample);
    }

    /** A page on one line. */
    private static String words(String page) throws IOException {
        return Files.readString(MAN.resolve(page)).replace('\n', ' ');
    }
}
