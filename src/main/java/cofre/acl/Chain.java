package cofre.acl;

import java.util.List;

/** Whether somebody may do something with an object at the end of a way. Pure. */
public final class Chain {
    private Chain() {}

    /**
     * The answer: every directory on the way must let the caller search it, and the last object must let him do what he wants.
     *
     * @param fromTop the directories from the top, then the object itself; at least one
     */
    public static boolean permits(List<Rights> fromTop, Caller caller, Want want) {
        int last = fromTop.size() - 1;
        for (Rights directory : fromTop.subList(0, last)) {
            if (!directory.isDirectory() || !Decision.permits(directory, caller, Want.SEARCH)) {
                return false;
            }
        }
        return Decision.permits(fromTop.get(last), caller, want);
    }
}
