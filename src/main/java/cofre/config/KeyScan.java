package cofre.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a TOML line.
 *
 * @param names the dotted key before {@code =} or inside {@code [...]}; empty when there is none
 * @param isHeader whether it is a table header
 * @param rest what follows the equals sign
 */
record KeyScan(List<String> names, boolean isHeader, String rest) {
    static KeyScan of(String line) {
        String text = line.strip();
        boolean header = text.startsWith("[");
        int at = header ? (text.startsWith("[[") ? 2 : 1) : 0;
        char end = header ? ']' : '=';
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    name.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '.' || c == end) {
                names.add(name.toString().strip());
                name.setLength(0);
                if (c == end) {
                    return new KeyScan(names, header, text.substring(at + 1));
                }
            } else if (c == '#') {
                break;
            } else {
                name.append(c);
            }
        }
        return new KeyScan(List.of(), false, text);
    }
}
