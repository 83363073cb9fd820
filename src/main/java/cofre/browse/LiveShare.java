package cofre.browse;

/** Stub until acl is merged. */
public interface LiveShare {
    LiveShare NONE = new LiveShare() {};
}
