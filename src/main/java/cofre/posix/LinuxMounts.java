package cofre.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Mount sources by proc(5). The number of a file's mount stands in its fdinfo; while the file is open the mount stays and
 * its number is given to no other.
 */
final class LinuxMounts {
    private static final String MOUNT_ID = "mnt_id:";

    private LinuxMounts() {}

    static Optional<String> sourceOf(int fd) throws IOException {
        for (String line : lines("/proc/self/fdinfo/" + fd)) {
            if (line.startsWith(MOUNT_ID)) {
                return source(
                        lines("/proc/self/mountinfo"),
                        line.substring(MOUNT_ID.length()).strip());
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
