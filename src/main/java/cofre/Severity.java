package cofre;

import ch.qos.logback.classic.Level;

/** How important a line is, by the numbers of syslog(3), which systemd uses as well. */
enum Severity {
    ERR(3),
    WARNING(4),
    INFO(6),
    DEBUG(7);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Severity of(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return ERR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return WARNING;
        }
        return level.isGreaterOrEqual(Level.INFO) ? INFO : DEBUG;
    }
}
