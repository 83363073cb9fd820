package cofre.testkit.zfs;

/** What a {@link ModelDataset} was told to do is not possible, as a system call says it; nothing was changed. */
public final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotDone(String message) {
        super(message);
    }
}
