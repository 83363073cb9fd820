package cofre.testkit.zfs;

import cofre.format.NodeType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Random;

/** Does edits to one {@link ModelDataset}; remembers the files it opened, from one script to the next. For one thread. */
public final class EditPlayer {
    private final ModelDataset files;
    private final Runnable sync;
    private final ArrayDeque<Long> open = new ArrayDeque<>();

    /** Edits {@code files}; {@code sync} ends the open transaction group. */
    public EditPlayer(ModelDataset files, Runnable sync) {
        this.files = files;
        this.sync = sync;
    }

    /** Does all of a script that can be done, and passes over the rest. */
    public void play(EditScript script) {
        script.edits().forEach(this::play);
    }

    /** Forgets what is open: the file system was unmounted or rolled back. */
    public void forgetOpen() {
        open.clear();
    }

    /** Does one edit; false when that was not possible. */
    boolean play(Edit edit) {
        try {
            apply(edit);
            return true;
        } catch (NotDone e) {
            return false;
        }
    }

    private void apply(Edit edit) {
        switch (edit.kind()) {
            case CREATE -> files.create(edit.path(), bytes(edit));
            case MKDIR -> files.mkdir(edit.path());
            case SYMLINK -> files.symlink(edit.path(), ("to/" + edit.seed()).getBytes(StandardCharsets.UTF_8));
            case FIFO -> files.mknod(edit.path(), NodeType.FIFO, 0);
            case WRITE -> files.write(edit.path(), edit.a(), bytes(edit));
            case TRUNCATE -> files.truncate(edit.path(), edit.a());
            case PUNCH -> files.punch(edit.path(), edit.a(), edit.b());
            case LINK -> files.link(edit.path(), edit.other());
            case UNLINK -> files.unlink(edit.path());
            case RMDIR -> files.rmdir(edit.path());
            case RENAME -> files.rename(edit.path(), edit.other());
            case CHMOD -> files.chmod(edit.path(), (int) edit.a());
            case CHOWN -> files.chown(edit.path(), edit.a(), edit.b());
            case UTIMES -> files.utimes(edit.path(), Instant.ofEpochSecond(edit.a(), 42));
            case ATIME -> files.touchAtime(edit.path());
            case SET_XATTR -> files.setXattr(edit.path(), "user.x" + edit.a(), bytes(edit));
            case REMOVE_XATTR -> files.removeXattr(edit.path(), "user.x" + edit.a());
            case OPEN -> open.add(files.open(edit.path()));
            case WRITE_OPEN -> files.writeOpen(anOpen(open.peekLast()), edit.a(), bytes(edit));
            case CLOSE -> files.close(anOpen(open.pollFirst()));
            case SYNC -> sync.run();
        }
    }

    private static long anOpen(Long number) {
        if (number == null) {
            throw new NotDone("nothing is open");
        }
        return number;
    }

    private static byte[] bytes(Edit edit) {
        byte[] bytes = new byte[Math.toIntExact(edit.b())];
        if (edit.seed() != 0) {
            new Random(edit.seed()).nextBytes(bytes);
        }
        return bytes;
    }
}
