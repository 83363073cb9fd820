package cofre.cli;

import cofre.progress.ProgressReport;

/** Shows progress while it goes on, and makes room for other lines. For one thread. */
interface ProgressView {
    /** Nothing is shown. */
    ProgressView NONE = new ProgressView() {
        @Override
        public void show(ProgressReport report) {}

        @Override
        public void clear() {}
    };

    /** Shows the newest. */
    void show(ProgressReport report);

    /** Takes the line away, so that another can be printed. */
    void clear();

    /** {@code reading: 12 of 40 files, 1.0 MiB of 4.0 MiB, 25 %, 0.5 MiB/s, 0:06 left}. */
    static String describe(ProgressReport r) {
        StringBuilder text = new StringBuilder();
        text.append(r.phase().isEmpty() ? Texts.text("progress.waiting") : Safe.line(r.phase()));
        if (r.filesDone() > 0 || r.filesTotal() > 0) {
            String key = r.filesTotal() > 0 ? "progress.files.of" : "progress.files";
            text.append(": ").append(Texts.text(key, Long.toString(r.filesDone()), Long.toString(r.filesTotal())));
        }
        if (r.bytesDone() > 0 || r.bytesTotal() > 0) {
            String key = r.bytesTotal() > 0 ? "progress.bytes.of" : "progress.bytes";
            text.append(", ").append(Texts.text(key, Units.bytes(r.bytesDone()), Units.bytes(r.bytesTotal())));
        }
        if (r.percent() >= 0) {
            text.append(", ").append(r.percent()).append(" %");
        }
        if (r.bytesPerSecond() > 0) {
            text.append(", ").append(Units.bytes(r.bytesPerSecond())).append("/s");
        }
        if (r.secondsLeft() >= 0) {
            text.append(", ").append(Texts.text("progress.left", Units.duration(r.secondsLeft())));
        }
        return text.toString();
    }
}
