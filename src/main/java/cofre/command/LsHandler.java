package cofre.command;

import cofre.config.RepositorySettings;
import cofre.control.CommandException;
import cofre.control.CommandHandler;
import cofre.control.ControlReply;
import cofre.control.ControlRequest;
import cofre.control.Exit;
import cofre.path.RawPath;
import cofre.progress.Level;
import cofre.progress.Progress;
import cofre.repository.Repository;
import cofre.repository.StoredSnapshot;
import cofre.restore.PointException;
import cofre.restore.TreeBrowser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code ls}: what is in a restore point. */
final class LsHandler implements CommandHandler {
    private final OpenRepositories repositories;
    private final OneAtATime turns;

    LsHandler(OpenRepositories repositories, OneAtATime turns) {
        this.repositories = repositories;
        this.turns = turns;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException {
        request.args().allowOnly(Set.of("point", "path", "recursive", "repository"));
        RepositorySettings settings = repositories.settings(request.args().text("repository"));
        String typed = request.args().needText("point");
        RawPath path = Paths.parse(request.args().text("path").orElse("/"));
        boolean recursive = request.args().flag("recursive");
        Progress heard = new ReplyProgress(reply);
        Listing listing = new Listing(reply);
        turns.run(() -> {
            Repository repository = repositories.sessionNow(settings);
            StoredSnapshot point = Points.find(repository, typed, heard);
            repository.loadIndex(heard);
            try {
                new TreeBrowser(repository.reader()).list(point.snapshot(), path, recursive, listing);
            } catch (PointException e) {
                throw Points.failure(e);
            }
            return listing;
        });
        listing.endIfCallerLeft();
        reply.result(listing.damaged ? Exit.FAILED : Exit.OK, Map.of("entries", listing.count));
    }

    /** Sends the rows as they come. */
    private static final class Listing implements TreeBrowser.Rows {
        private final ControlReply reply;
        private long count;
        private boolean damaged;
        private boolean callerLeft;

        Listing(ControlReply reply) {
            this.reply = reply;
        }

        @Override
        public boolean row(TreeBrowser.Row row) {
            Map<String, Object> cells = new LinkedHashMap<>();
            cells.put("path", row.path().toString());
            cells.put("type", row.type().text());
            cells.put("mode", row.mode());
            cells.put("uid", row.uid());
            cells.put("gid", row.gid());
            cells.put("user", row.user());
            cells.put("group", row.group());
            cells.put("size", row.size());
            cells.put("mtime", row.mtime().toString());
            row.linkTarget().ifPresent(target -> cells.put("target", target));
            try {
                reply.item(cells);
            } catch (InterruptedException e) {
                callerLeft = true;
                return false;
            }
            count++;
            return true;
        }

        @Override
        public void unreadable(RawPath directory, String why) {
            damaged = true;
            reply.message(Level.ERROR, directory + ": " + why);
        }

        void endIfCallerLeft() throws InterruptedException {
            if (callerLeft) {
                throw new InterruptedException("the caller left");
            }
        }
    }
}
