package cofre.config;

/**
 * One thing wrong with the configuration.
 *
 * @param line where in the file, from 1; 0 when it is about the file as a whole
 * @param key the full name of the setting, e.g. {@code share.obras.repository}; may be empty
 * @param found what is there, safe to show
 * @param expected what should be there
 */
public record ConfigFault(int line, String key, String found, String expected) {
    /** One line for people: {@code line 12: cannot use repository.x.pack_size: "big" vs a size such as "16 MiB"}. */
    @Override
    public String toString() {
        String where = line > 0 ? "line " + line + ": " : "";
        String what = key.isEmpty() ? "cannot read the configuration: " : "cannot use " + key + ": ";
        return where + what + found + " vs " + expected;
    }
}
