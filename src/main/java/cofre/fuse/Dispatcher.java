package cofre.fuse;

import cofre.browse.BrowseException;
import cofre.posix.Errno;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Sends each request to where it is answered. No exception leaves it. Thread-safe. */
final class Dispatcher {
    /**
     * Where requests are answered.
     *
     * @param node about one node
     * @param xattr about its attributes
     * @param directory about listings
     * @param file about content
     * @param reads content itself
     */
    record Operations(
            NodeOperations node,
            XattrOperations xattr,
            DirectoryOperations directory,
            FileOperations file,
            ReadPool reads) {}

    private final Operations operations;
    private final Replies replies;
    private final Faults faults;
    private final FuseSettings settings;
    private final Consumer<Handshake.Agreed> agreed;
    private volatile BooleanSupplier crowded = () -> false;

    /** {@code agreed}: told what the first exchange came to. */
    Dispatcher(
            Operations operations,
            Replies replies,
            Faults faults,
            FuseSettings settings,
            Consumer<Handshake.Agreed> agreed) {
        this.operations = operations;
        this.replies = replies;
        this.faults = faults;
        this.settings = settings;
        this.agreed = agreed;
    }

    /** Says when so many threads wait for the tree that no more may: requests are then refused at once. */
    void refuseWhen(BooleanSupplier tooMany) {
        crowded = tooMany;
    }

    /** Answers the request in the first {@code length} bytes, now or (a read) soon. */
    void handle(ByteBuffer bytes, int length, Answer answer) {
        Request request = Request.parse(bytes, length).orElse(null);
        if (request == null || isSilent(request)) {
            return;
        }
        boolean read = request.opcode() == Op.READ;
        Duration limit = read ? settings.readDeadline() : settings.metadataDeadline();
        Pending pending = replies.expect(request, limit);
        answer.begin();
        try {
            if (read) {
                operations.reads().submit(request, pending);
                return;
            }
            perform(request, answer);
            replies.succeed(pending, answer);
        } catch (Throwable t) {
            answer.lost();
            replies.fail(pending, faults.errnoOf(t, pending));
        }
    }

    /** Those that want no answer; malformed ones are ignored, as there is nobody to tell. */
    private boolean isSilent(Request request) {
        try {
            switch (request.opcode()) {
                case Op.FORGET -> operations.node().forget(request);
                case Op.BATCH_FORGET -> operations.node().forgetMany(request);
                case Op.INTERRUPT -> interrupt(request);
                case Op.NOTIFY_REPLY -> {}
                default -> {
                    return false;
                }
            }
        } catch (Refusal e) {
            return true;
        }
        return true;
    }

    /** Two threads may take a request and its interrupt in the wrong order. */
    private void interrupt(Request request) throws Refusal {
        if (!replies.interrupt(request.u64(0))) {
            replies.again(request.unique());
        }
    }

    private void perform(Request request, Answer answer) throws Refusal, BrowseException {
        int opcode = request.opcode();
        if (Op.writes(opcode)) {
            throw new Refusal(Errno.EROFS);
        }
        switch (opcode) {
            case Op.INIT -> shakeHands(request, answer);
            case Op.STATFS -> operations.node().statfs(answer);
            case Op.RELEASE -> operations.file().release(request);
            case Op.RELEASEDIR -> operations.directory().release(request);
            case Op.DESTROY -> {}
            case Op.IOCTL -> throw new Refusal(Errno.ENOTTY);
            default -> {
                if (crowded.getAsBoolean()) {
                    throw new Refusal(Errno.EIO);
                }
                askTree(request, answer);
            }
        }
    }

    private void shakeHands(Request request, Answer answer) throws Refusal {
        if (Handshake.isNewerMajor(request)) {
            Handshake.writeMajor(answer);
            return;
        }
        Handshake.Agreed result = Handshake.agree(request, settings.access());
        Handshake.write(request, result, answer);
        answer.onDelivered(() -> agreed.accept(result));
    }

    /** FLUSH, FSYNC, LSEEK, locks and the like are ENOSYS on purpose: the kernel then stops asking and does what is right. */
    private void askTree(Request request, Answer answer) throws Refusal, BrowseException {
        switch (request.opcode()) {
            case Op.LOOKUP -> operations.node().lookup(request, answer);
            case Op.GETATTR -> operations.node().attributes(request, answer);
            case Op.READLINK -> operations.node().linkTarget(request, answer);
            case Op.ACCESS -> operations.node().access(request);
            case Op.GETXATTR -> operations.xattr().get(request, answer);
            case Op.LISTXATTR -> operations.xattr().list(request, answer);
            case Op.OPEN -> operations.file().open(request, answer);
            case Op.OPENDIR -> operations.directory().open(request, answer);
            case Op.READDIR -> operations.directory().read(request, answer, false);
            case Op.READDIRPLUS -> operations.directory().read(request, answer, true);
            default -> throw new Refusal(Errno.ENOSYS);
        }
    }
}
