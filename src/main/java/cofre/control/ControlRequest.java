package cofre.control;

/**
 * A request that may be carried out.
 *
 * @param command the command's name
 * @param args its arguments
 * @param caller who asks
 */
public record ControlRequest(String command, ControlArgs args, Caller caller) {}
