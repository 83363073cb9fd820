package cofre.testkit.zfs;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Names for edits: few, so that they come again, in both cases, and now and then what no text is. */
final class EditNames {
    private static final List<RawName> AWKWARD = List.of(
            name("new\nline"),
            name("tab\tand space "),
            name("back\\0134slash"),
            name("caf\u00c3\u00a9"),
            name("cafe\u00cc\u0081"),
            name("latin\u00e9"),
            name("bad\u00ff\u00fe"),
            name("(on_delete_queue)"),
            name("->"),
            name("-"),
            name("L".repeat(255)));

    private EditNames() {}

    static RawName any(Random random) {
        if (random.nextInt(12) == 0) {
            return AWKWARD.get(random.nextInt(AWKWARD.size()));
        }
        char letter = (char) ('a' + random.nextInt(10));
        String name = String.valueOf(random.nextInt(4) == 0 ? Character.toUpperCase(letter) : letter);
        return name(random.nextInt(3) == 0 ? name + random.nextInt(100) : name);
    }

    /** The same name with its letters in the other case, where it has any. */
    static RawName otherCase(RawName name) {
        byte[] bytes = name.bytes();
        for (int i = 0; i < bytes.length; i++) {
            if (Character.isLetter(bytes[i]) && bytes[i] > 0) {
                bytes[i] ^= 0x20;
            }
        }
        return RawName.of(bytes);
    }

    private static RawName name(String text) {
        return RawName.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
