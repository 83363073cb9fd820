package cofre.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** FreeBSD's text form of NFSv4 ACLs, with numbers for users and groups: names may mean somebody else tomorrow. */
final class Nfs4Text {
    /** 254 entries in the longest form setfacl takes are shorter. */
    private static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_DIGITS = 10;

    /** Letters in the order they are written, and the words setfacl takes as well. */
    private static final Letters PERMISSIONS = Letters.of(
            "permission",
            Nfs4Permission.values(),
            p -> new Letters.Letter(p.bit(), p.letter(), p.word()),
            new Letters.Letter(Nfs4Permission.ALL, '\0', "full_set"),
            new Letters.Letter(0x9ff9, '\0', "modify_set"),
            new Letters.Letter(0x1248, '\0', "read_set"),
            new Letters.Letter(0x4b0, '\0', "write_set"));

    private static final Letters FLAGS =
            Letters.of("flag", Nfs4Flag.values(), f -> new Letters.Letter(f.bit(), f.letter(), f.word()));

    private Nfs4Text() {}

    static String write(Nfs4Acl acl) {
        StringBuilder text = new StringBuilder(acl.entries().size() * 48);
        for (Nfs4Entry entry : acl.entries()) {
            text.append(text.isEmpty() ? "" : ",").append(who(entry.who())).append(':');
            PERMISSIONS.write(entry.permissions(), text);
            text.append(':');
            FLAGS.write(entry.flags(), text);
            text.append(':').append(entry.type().name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static String who(Who who) {
        return switch (who.kind()) {
            case OWNER -> "owner@";
            case OWNING_GROUP -> "group@";
            case EVERYONE -> "everyone@";
            case USER -> "user:" + who.id();
            case GROUP -> "group:" + who.id();
        };
    }

    static Nfs4Acl parse(String text) throws AclFormatException {
        if (text.length() > MAX_LENGTH) {
            throw new AclFormatException(
                    "cannot read access control list: " + text.length() + " characters vs at most " + MAX_LENGTH);
        }
        String[] parts = text.split(",", Nfs4Acl.MAX_ENTRIES + 1);
        if (parts.length > Nfs4Acl.MAX_ENTRIES) {
            throw new AclFormatException(
                    "cannot read access control list: more than " + Nfs4Acl.MAX_ENTRIES + " entries vs at most that");
        }
        List<Nfs4Entry> entries = new ArrayList<>(parts.length);
        for (String part : parts) {
            entries.add(entry(part));
        }
        return new Nfs4Acl(entries);
    }

    /** {@code who[:number]:permissions[:flags]:type}. */
    private static Nfs4Entry entry(String text) throws AclFormatException {
        String[] fields = text.split(":", 6);
        Who.Kind kind = kind(fields[0]);
        int at = kind.isNamed() ? 2 : 1;
        int left = fields.length - at;
        if (left != 2 && left != 3) {
            throw new AclFormatException("cannot read access control list: entry of " + fields.length
                    + " fields vs who:permissions:flags:type");
        }
        Who who = kind.isNamed() ? new Who(kind, number(fields[1])) : new Who(kind, 0);
        int flags = left == 3 ? FLAGS.parse(fields[at + 1]) : 0;
        return new Nfs4Entry(who, type(fields[fields.length - 1]), PERMISSIONS.parse(fields[at]), flags);
    }

    private static Who.Kind kind(String text) throws AclFormatException {
        return switch (text) {
            case "owner@" -> Who.Kind.OWNER;
            case "group@" -> Who.Kind.OWNING_GROUP;
            case "everyone@" -> Who.Kind.EVERYONE;
            case "user", "u" -> Who.Kind.USER;
            case "group", "g" -> Who.Kind.GROUP;
            default ->
                throw new AclFormatException("cannot read access control list: an entry for \"" + shown(text)
                        + "\" vs owner@, group@, everyone@, user or group");
        };
    }

    private static long number(String text) throws AclFormatException {
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (!digits || Long.parseLong(text) >= Who.NOBODY) {
            throw new AclFormatException("cannot read access control list: user or group \"" + shown(text)
                    + "\" vs a number from 0 to 4294967294");
        }
        return Long.parseLong(text);
    }

    private static Nfs4Entry.Type type(String text) throws AclFormatException {
        for (Nfs4Entry.Type type : Nfs4Entry.Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
                return type;
            }
        }
        throw new AclFormatException("cannot read access control list: entry of type \"" + shown(text)
                + "\" vs allow, deny, audit or alarm");
    }

    /** What a stranger wrote, fit for a message. */
    static String shown(String text) {
        String start = text.length() > 20 ? text.substring(0, 20) + "..." : text;
        return start.replaceAll("[^ -~]", "?");
    }

    /** A set of bits as letters with dashes between, or as words with slashes between. */
    private record Letters(String what, List<Letter> single, List<Letter> words) {
        /** One bit, or a word for several of them. */
        private record Letter(int bits, char letter, String word) {}

        static <T> Letters of(String what, T[] values, Function<T, Letter> of, Letter... sets) {
            List<Letter> single = new ArrayList<>();
            for (T value : values) {
                single.add(of.apply(value));
            }
            List<Letter> words = new ArrayList<>(single);
            words.addAll(List.of(sets));
            return new Letters(what, List.copyOf(single), List.copyOf(words));
        }

        void write(int bits, StringBuilder into) {
            for (Letter letter : single) {
                into.append((bits & letter.bits) != 0 ? letter.letter : '-');
            }
        }

        int parse(String text) throws AclFormatException {
            boolean spelled = text.indexOf('/') >= 0 || words.stream().anyMatch(w -> w.word.equals(text));
            int bits = 0;
            if (spelled) {
                for (String word : text.split("/", -1)) {
                    bits |= find(word, words, letter -> letter.word.equals(word) ? letter.bits : 0);
                }
                return bits;
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != '-') {
                    bits |= find(String.valueOf(c), single, letter -> letter.letter == c ? letter.bits : 0);
                }
            }
            return bits;
        }

        private int find(String spelled, List<Letter> among, ToIntFunction<Letter> match) throws AclFormatException {
            for (Letter letter : among) {
                if (match.applyAsInt(letter) != 0) {
                    return letter.bits;
                }
            }
            throw new AclFormatException(
                    "cannot read access control list: " + what + " \"" + shown(spelled) + "\" vs those FreeBSD knows");
        }
    }
}
