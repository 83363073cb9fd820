package cofre.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.control.Exit;
import cofre.progress.Ticker;
import cofre.testkit.Command;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CompletionTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path dir;

    /** Nothing is launched by what is asked here. */
    private Cli cli() {
        PrintStream stdout = new PrintStream(out, true, UTF_8);
        PrintStream stderr = new PrintStream(err, true, UTF_8);
        return new Cli(null, new Terminal(stdout, stderr, false, 80, Ticker.SYSTEM, action -> {}), Path.of("/none"));
    }

    private String script(String shell) {
        assertThat(cli().run("completion", shell)).isEqualTo(Exit.OK);
        return out.toString(UTF_8);
    }

    private static void collect(CommandLine command, List<String> words) {
        command.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
        command.getSubcommands().forEach((name, sub) -> {
            words.add(name);
            collect(sub, words);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyCommandAndOptionIsThere(String shell) {
        List<String> words = new ArrayList<>();
        collect(cli().commands(), words);
        assertThat(words).hasSizeGreaterThan(60);
        String script = script(shell);
        for (String word : words) {
            String spelled =
                    shell.equals("fish") ? word.replaceFirst("^--", "-l ").replaceFirst("^-([a-z])$", "-s $1") : word;
            assertThat(script).containsPattern("[ (\"]" + spelled + "[ )\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cofre ba; backup",
                "'cofre key '; add|export|list|passwd|remove|sheet",
                "cofre key pas; passwd",
                "cofre --json key list --re; --repository",
                "cofre backup --d; --detach",
                "cofre backup obras --wa; --walk",
                "cofre rest-server --quo; --quota-per-repository",
                "cofre nonsense stat; status",
            })
    void bashCompletes(String typed, String expected) throws Exception {
        Path file = Files.writeString(dir.resolve("cofre"), script("bash"));
        String[] words = typed.split(" ", -1);
        String run = "source " + file
                + "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _cofre; printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> all = new ArrayList<>(List.of("bash", "-c", run, "bash"));
        all.addAll(List.of(words));
        List<String> reply =
                Command.of(all.toArray(String[]::new)).run().lines().toList();
        assertThat(reply).contains(expected.split("\\|"));
        assertThat(reply).allSatisfy(word -> assertThat(word).startsWith(words[words.length - 1]));
    }

    @Test
    void afterAnOptionWithAValueComeFiles() throws Exception {
        Path file = Files.writeString(dir.resolve("cofre"), script("bash"));
        String run = "source " + file + "; COMP_WORDS=(cofre --config " + dir
                + "/c); COMP_CWORD=2; _cofre; echo \"${COMPREPLY[@]}\"";
        assertThat(Command.of("bash", "-c", run).run().strip()).isEqualTo(file.toString());
    }

    @Test
    void anotherShellIsRefused() {
        assertThat(cli().run("completion", "dos")).isEqualTo(Exit.USAGE);
        assertThat(err.toString(UTF_8).strip()).isEqualTo("cannot make completions: dos vs bash, zsh or fish");
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
