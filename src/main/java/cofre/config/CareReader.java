package cofre.config;

import java.time.Duration;
import java.util.Optional;

/** Reads what a table {@code [repository.NAME]} says about looking after the repository. */
final class CareReader {
    /** Disks are known to lose what nobody reads for months. */
    private static final Duration DATA_WITHIN = Duration.ofDays(30);

    private static final Duration MOST_WITHIN = Duration.ofDays(3650);

    private CareReader() {}

    static RepositoryCare read(Table table) {
        return new RepositoryCare(table.schedule("check_schedule"), dataWithin(table), ForgetCare.read(table));
    }

    private static Duration dataWithin(Table table) {
        String expected = "a time such as \"30 d\", from 1 d to 3650 d, or \"never\"";
        return table.read(
                        "check_data_within",
                        expected,
                        text -> text.equals("never")
                                ? Optional.of(Duration.ZERO)
                                : Quantities.duration(text)
                                        .filter(time -> time.toDays() >= 1 && time.compareTo(MOST_WITHIN) <= 0))
                .orElse(DATA_WITHIN);
    }
}
