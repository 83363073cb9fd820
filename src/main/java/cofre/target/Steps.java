package cofre.target;

import cofre.path.RawPath;
import cofre.posix.Errno;
import cofre.posix.PosixException;
import cofre.restore.Lack;
import java.util.List;
import java.util.Optional;

/** Steps of setting metadata: one that fails is told, and the others are made. */
final class Steps {
    private Steps() {}

    /** One of them. */
    @FunctionalInterface
    interface Step {
        void run() throws PosixException;
    }

    /** One that looks. */
    @FunctionalInterface
    interface Look<T> {
        T run() throws PosixException;
    }

    /** Whether it went well. */
    static boolean attempt(Lack.Kind kind, RawPath path, List<Lack> lacks, Step step) {
        try {
            step.run();
            return true;
        } catch (PosixException e) {
            String hint = e.errno() == Errno.EPERM ? "; only root may do that" : "";
            lacks.add(new Lack(kind, complaint(kind, path, Faults.text(e)) + hint));
        } catch (IllegalArgumentException e) { // a name or time that this system cannot have
            lacks.add(new Lack(kind, complaint(kind, path, e.getMessage())));
        }
        return false;
    }

    /** What a look finds; empty when nothing has that name. */
    static <T> Optional<T> ifThere(Look<T> look) throws PosixException {
        try {
            return Optional.of(look.run());
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String complaint(Lack.Kind kind, RawPath path, String why) {
        String what = switch (kind) {
            case OWNER -> "owner";
            case MODE -> "mode";
            case TIMES -> "times";
            case ATTRIBUTES -> "attributes";
        };
        return "cannot set " + what + " of \"" + path + "\": " + why + "; the entry itself was restored";
    }
}
