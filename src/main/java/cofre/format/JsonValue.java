package cofre.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Writes any JSON value without spaces, an object's keys in the order they came: how restic hands such values on. */
final class JsonValue {
    private JsonValue() {}

    static void write(JsonNode value, JsonBytes out) {
        if (value.isTextual()) {
            out.string(value.textValue());
        } else if (value.isObject()) {
            object(value, out);
        } else if (value.isArray()) {
            char before = '[';
            for (JsonNode element : value) {
                out.raw(before);
                write(element, out);
                before = ',';
            }
            out.raw(before == '[' ? "[]" : "]");
        } else if (value.isNumber() || value.isBoolean() || value.isNull()) {
            out.raw(value.asText());
        } else {
            throw new IllegalArgumentException("cannot write a " + value.getNodeType() + " vs a JSON value");
        }
    }

    private static void object(JsonNode value, JsonBytes out) {
        char before = '{';
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            out.raw(before).string(field.getKey()).raw(':');
            write(field.getValue(), out);
            before = ',';
        }
        out.raw(before == '{' ? "{}" : "}");
    }
}
