package cofre.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What shells need to complete command lines, made of the commands themselves, so that it is always true. */
final class Completions {
    private static final String HEAD = "Made by `cofre completion`; not to be edited.";

    /** Every command by its words without {@code cofre}; the empty text is {@code cofre} itself. */
    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    Completions(CommandSpec root) {
        collect("", root);
    }

    private void collect(String words, CommandSpec command) {
        commands.put(words, command);
        command.subcommands()
                .forEach((name, sub) -> collect(words.isEmpty() ? name : words + " " + name, sub.getCommandSpec()));
    }

    /** What may follow the command: its subcommands and options. */
    private static List<String> next(CommandSpec command) {
        List<String> words = new ArrayList<>(new TreeSet<>(command.subcommands().keySet()));
        for (OptionSpec option : command.options()) {
            words.addAll(List.of(option.names()));
        }
        return words;
    }

    /** Options that take a value: after them comes something the shell may know, such as a file. */
    private String valued() {
        return commands.values().stream()
                .flatMap(command -> command.options().stream())
                .filter(option -> option.arity().max() > 0)
                .flatMap(option -> List.of(option.names()).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining("|"));
    }

    private String known() {
        return commands.keySet().stream()
                .filter(words -> !words.isEmpty())
                .map(words -> "\"" + words + "\"")
                .collect(Collectors.joining("|"));
    }

    private void cases(StringBuilder out, String open, String close) {
        commands.forEach((words, command) -> out.append("        \"")
                .append(words)
                .append("\") list=")
                .append(open)
                .append(String.join(" ", next(command)))
                .append(close)
                .append(" ;;\n"));
    }

    String bash() {
        StringBuilder out = new StringBuilder("# bash completion for cofre. " + HEAD + "\n_cofre() {\n");
        out.append("    local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} at= list= i skip=\n")
                .append("    COMPREPLY=()\n    case $before in\n        ")
                .append(valued())
                .append(") COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n    esac\n")
                .append("    for ((i = 1; i < COMP_CWORD; i++)); do\n")
                .append("        case ${at:+$at }${COMP_WORDS[i]} in\n            ")
                .append(known())
                .append(") at=${at:+$at }${COMP_WORDS[i]} ;;\n        esac\n    done\n    case $at in\n");
        cases(out, "\"", "\"");
        return out.append("    esac\n    COMPREPLY=($(compgen -W \"$list\" -- \"$cur\"))\n}\n")
                .append("complete -o default -o bashdefault -F _cofre cofre\n")
                .toString();
    }

    String zsh() {
        StringBuilder out = new StringBuilder("#compdef cofre\n# " + HEAD + "\n_cofre() {\n");
        out.append("    local at= word\n    local -a list\n    case ${words[CURRENT-1]} in\n        ")
                .append(valued())
                .append(") _files; return ;;\n    esac\n")
                .append(
                        "    for word in \"${(@)words[2,CURRENT-1]}\"; do\n        case ${at:+$at }$word in\n            ")
                .append(known())
                .append(") at=${at:+$at }$word ;;\n        esac\n    done\n    case $at in\n");
        cases(out, "(", ")");
        return out.append("    esac\n    compadd -- $list || _files\n}\n_cofre \"$@\"\n")
                .toString();
    }

    String fish() {
        StringBuilder out = new StringBuilder("# fish completion for cofre. " + HEAD + "\n");
        commands.forEach((words, command) -> {
            String here = words.isEmpty()
                    ? "__fish_use_subcommand"
                    : "__fish_seen_subcommand_from " + words.replace(" ", "; and __fish_seen_subcommand_from ");
            command.subcommands().forEach((name, sub) -> line(out, here, "-f -a " + name, about(sub.getCommandSpec())));
            for (OptionSpec option : command.options()) {
                line(out, here, flags(option), String.join(" ", option.description()));
            }
        });
        return out.toString();
    }

    private static void line(StringBuilder out, String here, String what, String about) {
        out.append("complete -c cofre -n '")
                .append(here)
                .append("' ")
                .append(what)
                .append(" -d '")
                .append(about.replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n");
    }

    private static String about(CommandSpec command) {
        return String.join(" ", command.usageMessage().header());
    }

    private static String flags(OptionSpec option) {
        List<String> flags = new ArrayList<>();
        for (String name : option.names()) {
            flags.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            flags.add("-r");
        }
        return String.join(" ", flags);
    }
}
