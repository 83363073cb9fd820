package cofre.previous;

import cofre.path.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A share as it stands in smb.conf.
 *
 * @param name the section's name
 * @param path the share's path
 * @param farm the directory of its previous versions
 */
public record SambaShare(String name, RawPath path, RawPath farm) {
    /**
     * Checks that all three can be written into smb.conf.
     *
     * @throws IllegalArgumentException with a whole sentence when not
     */
    public SambaShare {
        if (name.isBlank() || name.indexOf(']') >= 0 || fault(name).length() > 0) {
            throw new IllegalArgumentException("cannot write share \"" + name.replaceAll("\\p{Cntrl}", "?")
                    + "\" into smb.conf: its name vs one without ] % \" and line ends; nothing was changed; rename it");
        }
        text(path);
        text(farm);
    }

    String pathText() {
        return text(path);
    }

    String farmText() {
        return text(farm);
    }

    /** smb.conf is UTF-8, one line a parameter, with % for its own variables. */
    private static String text(RawPath path) {
        String fault;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path.bytes()))
                    .toString();
            fault = fault(text);
            if (fault.isEmpty()) {
                return text;
            }
        } catch (CharacterCodingException e) {
            fault = "bytes that are no UTF-8";
        }
        throw new IllegalArgumentException("cannot write path " + path + " into smb.conf: it holds " + fault
                + " vs plain text; nothing was changed; share it under another path, for example a symbolic link");
    }

    private static String fault(String text) {
        if (text.indexOf('%') >= 0) {
            return "a % (the beginning of a variable)";
        }
        if (text.indexOf('"') >= 0) {
            return "a quotation mark";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return "a control character";
        }
        if (!text.strip().equals(text)) {
            return "a blank at an end";
        }
        return text.endsWith("\\") ? "a backslash at the end" : "";
    }
}
