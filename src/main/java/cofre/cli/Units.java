package cofre.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Units {
    private static final String[] NAMES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    /** {@code 1.5 MiB}. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < NAMES.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, NAMES[unit]);
    }

    /** {@code 1:02:03} or {@code 2:03}. */
    static String duration(long seconds) {
        long hours = seconds / 3600;
        String tail = String.format(Locale.ROOT, hours > 0 ? "%02d:%02d" : "%d:%02d", seconds / 60 % 60, seconds % 60);
        return hours > 0 ? hours + ":" + tail : tail;
    }

    /** {@code drwxr-sr-x} from a type's letter and permission bits. */
    static String mode(char type, long bits) {
        StringBuilder text = new StringBuilder().append(type);
        for (int shift = 6; shift >= 0; shift -= 3) {
            text.append(((bits >> shift) & 4) != 0 ? 'r' : '-').append(((bits >> shift) & 2) != 0 ? 'w' : '-');
            boolean x = ((bits >> shift) & 1) != 0;
            boolean special = (bits & 01000L << (shift / 3)) != 0;
            char marked = shift == 0 ? 't' : 's';
            text.append(special ? (x ? marked : Character.toUpperCase(marked)) : (x ? 'x' : '-'));
        }
        return text.toString();
    }
}
