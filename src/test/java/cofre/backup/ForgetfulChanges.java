package cofre.backup;

import cofre.path.RawPath;
import cofre.source.Base;
import cofre.source.ChangeListener;
import cofre.source.ChangeSource;
import cofre.source.Frozen;
import cofre.source.ObjectAttributes;
import cofre.source.SourceException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Tells what another tells, but not a word of some objects: a lie nothing of the telling betrays. */
final class ForgetfulChanges implements ChangeSource {
    private final ChangeSource truth;
    final Set<Long> forgotten = new HashSet<>();

    ForgetfulChanges(ChangeSource truth) {
        this.truth = truth;
    }

    @Override
    public Optional<Base> base(Frozen view, String viewId) throws SourceException {
        return truth.base(view, viewId);
    }

    @Override
    public long estimate(Base base, Frozen view) throws SourceException {
        return truth.estimate(base, view);
    }

    @Override
    public void tell(Method method, Base base, Frozen view, ChangeListener listener) throws SourceException {
        truth.tell(method, base, view, new ChangeListener() {
            @Override
            public void object(long object, Kind kind, Optional<ObjectAttributes> attributes) {
                if (!forgotten.contains(object)) {
                    listener.object(object, kind, attributes);
                }
            }

            @Override
            public void content(long object, long offset, long length, boolean hole) {
                if (!forgotten.contains(object)) {
                    listener.content(object, offset, length, hole);
                }
            }

            @Override
            public void spill(long object) {
                if (!forgotten.contains(object)) {
                    listener.spill(object);
                }
            }

            @Override
            public void freed(long first, long count) {
                listener.freed(first, count);
            }

            @Override
            public void path(RawPath path) {
                listener.path(path);
            }
        });
    }
}
