package cofre.command;

import cofre.control.CommandException;
import cofre.control.ControlArgs;
import cofre.control.Exit;
import cofre.seal.Secret;
import java.util.Arrays;
import java.util.Base64;

/** The new password a request brings: what a password file would hold, in base64 as it may be any bytes. */
final class NewPassword {
    static final String ARGUMENT = "new_password";

    private NewPassword() {}

    /** To be closed by the caller. */
    static Secret of(ControlArgs args) throws CommandException {
        byte[] content = new byte[0];
        try {
            content = Base64.getDecoder().decode(args.needText(ARGUMENT));
            return Secret.ofFileContent(content);
        } catch (IllegalArgumentException e) { // says nothing of it: what is in there may be the password
            throw new CommandException(
                    Exit.USAGE,
                    "cannot use the new password: nothing, or not base64, vs at least one character; nothing was"
                            + " changed; give another");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
