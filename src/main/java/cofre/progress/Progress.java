package cofre.progress;

import java.util.function.BiConsumer;

/**
 * Where long work reports to. All methods may be called from several threads at once, cost next to nothing (no I/O, no
 * waiting: they may be called once per file or per chunk) and never throw. Reporting never ends the work: whoever wants
 * to stop it interrupts its thread.
 */
public interface Progress {
    /** A listener that hears nothing. */
    Progress NONE = new Progress() {
        @Override
        public void phase(String name) {}

        @Override
        public void total(long files, long bytes) {}

        @Override
        public void add(long files, long bytes) {}

        @Override
        public void message(Level level, String text) {}
    };

    /** A listener that hears what is said, and nothing of how far the work is. */
    static Progress ofMessages(BiConsumer<Level, String> heard) {
        return new Progress() {
            @Override
            public void phase(String name) {}

            @Override
            public void total(long files, long bytes) {}

            @Override
            public void add(long files, long bytes) {}

            @Override
            public void message(Level level, String text) {
                heard.accept(level, text);
            }
        };
    }

    /**
     * Begins a phase: the counts and the totals start again at zero.
     *
     * @param name one or two lower-case words, e.g. {@code reading}
     */
    void phase(String name);

    /**
     * What the phase is expected to come to, as far as is known now; may be corrected while it runs.
     *
     * @param files number of files, 0 when not known
     * @param bytes number of bytes, 0 when not known
     */
    void total(long files, long bytes);

    /**
     * Counts what was done since the last call.
     *
     * @param files finished files
     * @param bytes finished bytes
     */
    void add(long files, long bytes);

    /**
     * Says something that must reach whoever started the work.
     *
     * @param text a whole sentence; names of files in it as {@code cofre.path.Display} shows them; no secrets
     */
    void message(Level level, String text);
}
