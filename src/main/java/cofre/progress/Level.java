package cofre.progress;

/** How much a message matters to whoever started the work. */
public enum Level {
    /** Tells the story: snapshot taken, restore point written. */
    INFO,
    /** Something was left out or done differently; the run goes on. A file that could not be read is one of these. */
    WARNING,
    /** The run cannot give what was asked for. */
    ERROR
}
