package cofre.posix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Names of FreeBSD's file flags as chflags(1) writes them; numbers are those of its sys/stat.h. */
public final class FileFlags {
    /** UF_ARCHIVE: ZFS sets it whenever a file is written, so it says nothing of a file's owner's wishes. */
    private static final long ARCHIVE = 0x800;

    /** Immutable, append-only and not to be removed, of owner and system: with them a file cannot be replaced. */
    private static final long BLOCKING = 0x2 | 0x4 | 0x10 | 0x20000 | 0x40000 | 0x100000;

    private static final Map<String, Long> NUMBERS = numbers();

    private FileFlags() {}

    /** In the order in which fflagstostr(3) writes them. */
    private static Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("sappnd", 0x40000L);
        numbers.put("arch", 0x10000L);
        numbers.put("schg", 0x20000L);
        numbers.put("sunlnk", 0x100000L);
        numbers.put("uappnd", 0x4L);
        numbers.put("hidden", 0x8000L);
        numbers.put("uchg", 0x2L);
        numbers.put("nodump", 0x1L);
        numbers.put("uunlnk", 0x10L);
        numbers.put("offline", 0x200L);
        numbers.put("opaque", 0x8L);
        numbers.put("rdonly", 0x1000L);
        numbers.put("reparse", 0x400L);
        numbers.put("sparse", 0x100L);
        numbers.put("system", 0x80L);
        return numbers;
    }

    /** Their names with commas between; empty for none. Those without a name here, and the archive flag, are left out. */
    public static String text(long flags) {
        if (flags == 0 || flags == ARCHIVE) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        NUMBERS.forEach((name, number) -> {
            if ((flags & number) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(name);
            }
        });
        return text.toString();
    }

    /** The flags of that text; empty when it holds a name that is none. */
    public static OptionalLong parse(String text) {
        long flags = 0;
        for (String name : text.split(",", -1)) {
            Long number = NUMBERS.get(name);
            if (number == null) {
                return OptionalLong.empty();
            }
            flags |= number;
        }
        return OptionalLong.of(flags);
    }

    /** Whether a file with these cannot be changed, removed or replaced. */
    public static boolean block(long flags) {
        return (flags & BLOCKING) != 0;
    }

    /** What a file is to be given that has {@code now} and had {@code wanted}: the archive flag stays as it is. */
    public static long merged(long wanted, long now) {
        return wanted | (now & ARCHIVE);
    }
}
