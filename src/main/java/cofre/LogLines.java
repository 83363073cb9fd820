package cofre;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Context;

/** Gives each event of the log, as one line, to a sink that knows severities and notes the time itself. */
final class LogLines extends AppenderBase<ILoggingEvent> {
    /** As in logback.xml but for the time and the end: a stack trace stays on its line. */
    private static final String PATTERN = "level=%level logger=%logger{0} %replace(%msg){'[\\r\\n]+',' | '}"
            + "%replace( %ex){'[\\r\\n]+\\s*',' | '}%nopex";

    private final PatternLayout layout = new PatternLayout();
    private final LogSink sink;

    LogLines(Context context, LogSink sink) {
        this.sink = sink;
        setContext(context);
        layout.setContext(context);
        layout.setPattern(PATTERN);
        layout.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        sink.line(
                Severity.of(event.getLevel()),
                event.getInstant(),
                layout.doLayout(event).strip());
    }
}
