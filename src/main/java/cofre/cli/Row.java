package cofre.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came from the daemon, read leniently and made safe: a daemon of another version must not break a listing. */
record Row(Map<String, ?> values) {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** The text of a field, safe to print; empty when there is none. */
    String text(String name) {
        Object value = values.get(name);
        return value == null ? "" : Safe.line(value.toString());
    }

    long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    String bytes(String name) {
        return values.get(name) instanceof Number number ? Units.bytes(number.longValue()) : "";
    }

    /** A moment in the zone of this machine. */
    String time(String name) {
        try {
            return LOCAL.withZone(ZoneId.systemDefault()).format(Instant.parse(text(name)));
        } catch (DateTimeException e) {
            return text(name);
        }
    }

    /** The texts of a list field, safe to print. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(each -> texts.add(Safe.line(String.valueOf(each))));
        }
        return texts;
    }

    /** The objects of a list field. */
    List<Row> rows(String name) {
        List<Row> rows = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    @SuppressWarnings("unchecked")
                    Map<String, ?> typed = (Map<String, ?>) map;
                    rows.add(new Row(typed));
                }
            }
        }
        return rows;
    }
}
