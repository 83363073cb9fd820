package cofre.storage;

import java.util.regex.Pattern;

/**
 * Names one file of a store.
 *
 * @param type the file's kind
 * @param name 64 lower-case hex digits; empty for the only {@link FileType#CONFIG}
 */
public record FileHandle(FileType type, String name) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    /** The repository's one config file. */
    public static final FileHandle CONFIG = new FileHandle(FileType.CONFIG, "");

    public FileHandle {
        boolean valid =
                type == FileType.CONFIG ? name.isEmpty() : ID.matcher(name).matches();
        if (!valid) {
            throw new IllegalArgumentException(
                    "cannot name a " + type.folder() + " file: \"" + name + "\" vs 64 lower-case hex digits");
        }
    }

    /** Whether {@code name} can name a file other than the config. */
    public static boolean isValidName(String name) {
        return ID.matcher(name).matches();
    }

    /** {@code data/0123abcd…}, as messages show it. */
    @Override
    public String toString() {
        return type == FileType.CONFIG ? "config" : type.folder() + "/" + name;
    }
}
