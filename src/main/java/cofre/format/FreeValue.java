package cofre.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads a value of any shape. By hand, because each element has to be counted before memory is spent on it, and no key may
 * come twice. Recursion is bounded by the parser's own bound on depth.
 */
final class FreeValue {
    private final JsonParser parser;
    private final Counter counter;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    FreeValue(JsonParser parser, Counter counter) {
        this.parser = parser;
        this.counter = counter;
    }

    /** Called once for each element. */
    interface Counter {
        void count() throws FormatException;
    }

    /** The value at the parser's current token. */
    JsonNode read() throws IOException, FormatException {
        counter.count();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw new FormatException("cannot read value: something else vs a JSON value");
        };
    }

    private JsonNode decimal() throws IOException, FormatException {
        if (!Double.isFinite(parser.getDoubleValue())) {
            throw new FormatException("cannot read number: its exponent is too large vs a double's range");
        }
        return nodes.numberNode(parser.getDecimalValue());
    }

    private JsonNode object() throws IOException, FormatException {
        ObjectNode object = nodes.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (object.has(name)) {
                throw new FormatException("cannot read object: a key comes twice vs once");
            }
            object.set(name, read());
        }
        return object;
    }

    private JsonNode array() throws IOException, FormatException {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read());
        }
        return array;
    }
}
