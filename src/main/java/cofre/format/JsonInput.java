package cofre.format;

import cofre.path.Display;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A cursor over one JSON document from the repository, with bounds on all it may hold. Nothing of the document but field
 * names, made safe to print, gets into messages: some of these documents are secret. Not thread-safe.
 */
final class JsonInput {
    /** Deeper than anything restic writes; {@code generic_attributes} may hold values of any shape. */
    private static final int MAX_DEPTH = 64;

    /** Largest string: an extended attribute in base 64. */
    private static final int MAX_STRING = 32 * 1024 * 1024;

    /** Values of free shape and texts in lists, in one document: each costs far more memory than JSON bytes. */
    private static final int MAX_VALUES = 1_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(100)
                    .maxNameLength(1000)
                    .build())
            .build();

    private final String what;
    private final JsonParser parser;
    private JsonToken token;
    private int values;

    /**
     * Opens a document.
     *
     * @param what the kind of document, for messages
     * @param maxLength how many bytes it may have
     */
    JsonInput(String what, byte[] bytes, int offset, int length, int maxLength) throws FormatException {
        this.what = what;
        if (length > maxLength) {
            throw new FormatException("cannot read " + what + ": " + length + " bytes vs at most " + maxLength);
        }
        // Jackson would also take a byte order mark, UTF-16 or UTF-32, which nobody writes here.
        if (length < 2 || bytes[offset] != '{' || bytes[offset + 1] == 0) {
            throw new FormatException("cannot read " + what + ": " + length
                    + (length == 0 ? " bytes" : " bytes that do not start with an object") + " vs a JSON object");
        }
        try {
            this.parser = FACTORY.createParser(bytes, offset, length);
        } catch (IOException e) {
            throw notJson(e);
        }
        next();
    }

    private void next() throws FormatException {
        try {
            token = parser.nextToken();
        } catch (IOException e) {
            throw notJson(e);
        }
        if (token == null) {
            throw new FormatException("cannot read " + what + ": it ends early vs a whole JSON object");
        }
    }

    /** Jackson's own words quote the document, so they are left out. */
    private FormatException notJson(IOException e) {
        String fault = e instanceof StreamConstraintsException ? "beyond this program's limits" : "not JSON";
        return new FormatException("cannot read " + what + ": " + fault + place() + " vs a JSON object");
    }

    private String place() {
        return parser == null ? "" : " near byte " + parser.currentLocation().getByteOffset();
    }

    /** Where the current value begins, in bytes from the document's start. */
    long offset() {
        return parser.currentTokenLocation().getByteOffset();
    }

    /** Steps to the next field's value; false when the object ends. */
    boolean nextField() throws FormatException {
        next();
        if (token == JsonToken.END_OBJECT) {
            return false;
        }
        next();
        return true;
    }

    /** As {@link #nextField()}; a name that is in {@code seen} already is an error, others are added. */
    boolean nextField(Set<String> seen) throws FormatException {
        if (!nextField()) {
            return false;
        }
        if (!seen.add(field())) {
            throw bad("the field comes twice", "once");
        }
        return true;
    }

    /** The current field. */
    String field() throws FormatException {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Steps to the next element; false when the array ends. */
    boolean nextElement() throws FormatException {
        next();
        return token != JsonToken.END_ARRAY;
    }

    /** Demands that an object starts here. */
    void object() throws FormatException {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /** Demands that an array starts here. */
    void array() throws FormatException {
        expect(JsonToken.START_ARRAY, "an array");
    }

    private void expect(JsonToken wanted, String name) throws FormatException {
        if (token != wanted) {
            throw bad(found(), name);
        }
    }

    private String found() {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or exponent";
            case VALUE_NULL -> "null";
            default -> "a truth value";
        };
    }

    /** What is wrong at this place. */
    FormatException bad(String actual, String expected) {
        String name;
        try {
            name = parser.currentName();
        } catch (IOException e) {
            name = null;
        }
        String field = name == null ? "" : " in field " + Display.quoted(name.getBytes(StandardCharsets.UTF_8));
        return new FormatException("cannot read " + what + ": " + actual + field + place() + " vs " + expected);
    }

    boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    /** Passes over the value, whatever it is. */
    void skip() throws FormatException {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw notJson(e);
        }
        if (parser.currentToken() == null) {
            throw new FormatException("cannot read " + what + ": it ends early vs a whole JSON object");
        }
    }

    /** Demands that nothing but white space follows. */
    void end() throws FormatException {
        try {
            if (parser.nextToken() != null) {
                throw bad("more after the end", "one JSON object");
            }
            parser.close();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    String text() throws FormatException {
        return onText(String::new);
    }

    /** The text, and {@code last} itself when it is the same: owners repeat from node to node. */
    String text(String last) throws FormatException {
        return onText((chars, from, length) -> {
            boolean same = last.length() == length;
            for (int i = 0; same && i < length; i++) {
                same = last.charAt(i) == chars[from + i];
            }
            return same ? last : new String(chars, from, length);
        });
    }

    /** One text of a list; there may be only so many. */
    String listed() throws FormatException {
        count();
        return text();
    }

    byte[] utf8() throws FormatException {
        return onText(Chars::utf8);
    }

    byte[] quotedName() throws FormatException {
        return onText(GoName::unquote);
    }

    Instant instant() throws FormatException {
        return onText(Rfc3339::instant);
    }

    ZonedDateTime zoned() throws FormatException {
        return onText(Rfc3339::zoned);
    }

    Sha256 id() throws FormatException {
        return onText(HexId::parse);
    }

    byte[] base64() throws FormatException {
        return onText(Base64Text::decode);
    }

    private <T> T onText(TextParser<T> text) throws FormatException {
        expect(JsonToken.VALUE_STRING, "a string");
        try {
            return text.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException e) {
            throw notJson(e);
        } catch (FormatException e) {
            throw bad(e.getMessage(), "a valid value");
        }
    }

    /** A whole number from 0 to 2^64-1, as the unsigned value of a long. */
    long unsigned() throws FormatException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            return Digits.unsigned(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException e) {
            throw notJson(e);
        } catch (NumberFormatException e) {
            throw bad("a number out of range", "0 to " + Long.toUnsignedString(-1));
        }
    }

    /** A whole number from 0 to {@code max}. */
    long unsigned(long max) throws FormatException {
        long value = unsigned();
        if (value < 0 || value > max) {
            throw bad(Long.toUnsignedString(value), "0 to " + max);
        }
        return value;
    }

    boolean truth() throws FormatException {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw bad(found(), "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** A value of any shape, within bounds. */
    JsonNode value() throws FormatException {
        try {
            return new FreeValue(parser, this::count).read();
        } catch (IOException e) {
            throw notJson(e);
        } catch (FormatException e) {
            throw bad(e.getMessage(), "a valid value");
        }
    }

    private void count() throws FormatException {
        if (++values > MAX_VALUES) {
            throw new FormatException("cannot read " + what + ": over " + MAX_VALUES + " values vs at most that");
        }
    }

    /** Makes something of a string's characters. */
    private interface TextParser<T> {
        T parse(char[] text, int from, int length) throws FormatException;
    }
}
