package cofre.command;

import cofre.control.ControlReply;
import cofre.progress.Level;
import cofre.progress.Progress;

/** Passes on the sentences of short work to whoever asked; how far it is would be over before it is shown. */
final class ReplyProgress implements Progress {
    private final ControlReply reply;

    ReplyProgress(ControlReply reply) {
        this.reply = reply;
    }

    @Override
    public void phase(String name) {}

    @Override
    public void total(long files, long bytes) {}

    @Override
    public void add(long files, long bytes) {}

    @Override
    public void message(Level level, String text) {
        reply.message(level, text);
    }
}
