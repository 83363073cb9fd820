package cofre.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Mount sources by proc(5). The number of a file's mount stands in its fdinfo; while the file is open the mount stays and
 * its number is given to no other.
 */
final class LinuxMounts {
    private static final String MOUNT_ID = "mnt_id:";

    private LinuxMounts() {}

    static Optional<String> sourceOf(int fd) throws IOException {
        return source(lines("/proc/self/mountinfo"), idOf(fd));
    }

    /** The number of the mount an open file was reached through; empty text when the system does not tell. */
    static String idOf(int fd) throws IOException {
        for (String line : lines("/proc/self/fdinfo/" + fd)) {
            if (line.startsWith(MOUNT_ID)) {
                return line.substring(MOUNT_ID.length()).strip();
            }
        }
        return "";
    }

    /**
     * A mount's kind.
     *
     * @param device of the file system, {@code MAJOR:MINOR}
     * @param options those of this mount, not of the file system
     * @param type of the file system, with what follows a dot
     */
    record Kind(String device, Set<String> options, String type) {}

    /** The kind of the mount of that number; empty when it is of another namespace. */
    static Optional<Kind> kind(String id) throws IOException {
        return kind(lines("/proc/self/mountinfo"), id);
    }

    static Optional<Kind> kind(String[] mountinfo, String id) {
        for (String line : mountinfo) {
            int dash = line.indexOf(" - ");
            if (line.startsWith(id + " ") && dash > 0) {
                String[] before = line.substring(0, dash).split(" ", -1);
                String type = line.substring(dash + 3).split(" ", -1)[0];
                return before.length < 6
                        ? Optional.empty()
                        : Optional.of(new Kind(before[2], Set.of(before[5].split(",", -1)), type));
            }
        }
        return Optional.empty();
    }

    /** {@code ID PARENT MAJ:MIN ROOT POINT OPTIONS [TAGS...] - TYPE SOURCE SUPEROPTIONS}, blanks in names escaped. */
    static Optional<String> source(String[] mountinfo, String id) {
        for (String line : mountinfo) {
            int dash = line.indexOf(" - ");
            if (line.startsWith(id + " ") && dash > 0) {
                String[] behind = line.substring(dash + 3).split(" ", -1);
                return behind.length < 2 ? Optional.empty() : Optional.of(unescape(behind[1]));
            }
        }
        return Optional.empty();
    }

    /** The kernel writes blank, tab, newline, backslash and {@code #} as a backslash and three octal digits. */
    private static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '\\' && at + 4 <= text.length()) {
                out.append((char) Integer.parseInt(text, at + 1, at + 4, 8));
                at += 4;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return out.toString();
    }

    private static String[] lines(String file) throws IOException {
        return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.ISO_8859_1).split("\n", -1);
    }
}
