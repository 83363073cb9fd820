package cofre.control;

/**
 * Does one command. Called on a thread of its own for each request; returns or throws when the answer is complete. The
 * thread is interrupted when the caller cancels or is gone, unless {@link ControlReply#onCancel} and {@link
 * ControlReply#onDetach} say otherwise.
 */
@FunctionalInterface
public interface CommandHandler {
    /**
     * Answers a request. A handler that returns without {@link ControlReply#result} has ended well, with no data.
     *
     * @throws CommandException for what the caller can understand; anything else is logged and answered as a fault
     * @throws InterruptedException when interrupted
     */
    void handle(ControlRequest request, ControlReply reply) throws CommandException, InterruptedException;
}
