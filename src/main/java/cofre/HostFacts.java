package cofre;

import cofre.previous.HostAdvice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What Samba needs of this host besides its own configuration. */
final class HostFacts {
    private static final Path FSTAB = Path.of("/etc/fstab");
    private static final Path FD = Path.of("/dev/fd");
    private static final int POINT = 1;
    private static final int OPTIONS = 3;

    private HostFacts() {}

    /** How {@code /dev/fd} is on FreeBSD, where Samba opens files through it; empty on other systems. */
    static Optional<HostAdvice.FileDescriptors> fileDescriptors() {
        if (!System.getProperty("os.name").equals("FreeBSD")) {
            return Optional.empty();
        }
        boolean mounted;
        try {
            mounted = Files.getFileStore(FD).type().equals("fdescfs");
        } catch (IOException e) {
            mounted = false;
        }
        return Optional.of(new HostAdvice.FileDescriptors(mounted, options(fstab())));
    }

    private static String fstab() {
        try {
            return Files.readString(FSTAB, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** The options of the line for {@code /dev/fd}: device, mount point, type, options, then two numbers. */
    static Optional<String> options(String fstab) {
        for (String line : fstab.split("\n", -1)) {
            String[] fields = line.strip().split("\\s+", -1);
            if (!line.startsWith("#") && fields.length > OPTIONS && fields[POINT].equals(FD.toString())) {
                return Optional.of(fields[OPTIONS]);
            }
        }
        return Optional.empty();
    }
}
