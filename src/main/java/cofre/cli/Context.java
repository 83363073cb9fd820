package cofre.cli;

import cofre.path.Display;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every command is given. */
record Context(Settings settings, Launchers launchers, Terminal terminal) {
    /** Asks the daemon; arguments that are null, false or empty lists are left out. */
    int ask(String command, Map<String, ?> args, View view, boolean detach) {
        Map<String, Object> given = new LinkedHashMap<>();
        args.forEach((name, value) -> {
            boolean absent =
                    value == null || Boolean.FALSE.equals(value) || List.of().equals(value);
            if (!absent) {
                given.put(name, value);
            }
        });
        return new Conversation(settings, launchers, terminal).ask(command, given, view, detach);
    }

    /** Whether all of these are names as people type them; says which is not. */
    boolean areNames(List<String> names) {
        for (String name : names) {
            try {
                Display.parse(name);
            } catch (IllegalArgumentException e) {
                terminal.err().println(Safe.line(e.getMessage()));
                return false;
            }
        }
        return true;
    }

    /** An absolute path for one that may be relative to where the person is. */
    static String absolute(String path) {
        return path.startsWith("/") ? path : System.getProperty("user.dir") + "/" + path;
    }
}
