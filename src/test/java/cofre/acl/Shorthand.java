package cofre.acl;

import java.util.ArrayList;
import java.util.List;

/** Access control in the few letters a table has room for. */
final class Shorthand {
    private Shorthand() {}

    /** {@code -} mode only, {@code ?} unknown, {@code o6 u11=4 g4 m4 r0} POSIX, {@code user:11!r everyone@+rx/fd} NFSv4. */
    static Control control(String text) throws AclFormatException {
        if (text.equals("-")) {
            return Control.MODE_ONLY;
        }
        if (text.equals("?")) {
            return Control.UNKNOWN;
        }
        return text.matches("o[0-7] .*") ? posix(text) : nfs4(text);
    }

    private static Control posix(String text) {
        List<PosixAcl.Entry> entries = new ArrayList<>();
        for (String word : text.split(" +", -1)) {
            boolean named = word.contains("=");
            PosixAcl.Tag tag = switch (word.charAt(0)) {
                case 'o' -> PosixAcl.Tag.OWNER;
                case 'u' -> PosixAcl.Tag.USER;
                case 'g' -> named ? PosixAcl.Tag.GROUP : PosixAcl.Tag.OWNING_GROUP;
                case 'm' -> PosixAcl.Tag.MASK;
                case 'r' -> PosixAcl.Tag.OTHER;
                default -> throw new IllegalArgumentException(word);
            };
            long id = named ? Long.parseLong(word.substring(1, word.indexOf('='))) : 0;
            entries.add(new PosixAcl.Entry(tag, id, word.charAt(word.length() - 1) - '0'));
        }
        return new Control.Posix(new PosixAcl(entries));
    }

    private static Control nfs4(String text) throws AclFormatException {
        List<String> entries = new ArrayList<>();
        for (String word : text.split(" +", -1)) {
            String type = word.contains("+") ? "allow" : word.contains("!") ? "deny" : "audit";
            String[] parts = word.split("[+!%/]", -1);
            entries.add(parts[0] + ":" + parts[1] + ":" + (parts.length > 2 ? parts[2] : "") + ":" + type);
        }
        return new Control.Nfs4(Nfs4Acl.parse(String.join(",", entries)));
    }
}
