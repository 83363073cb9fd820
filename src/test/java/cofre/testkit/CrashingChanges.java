package cofre.testkit;

import cofre.source.Base;
import cofre.source.ChangeListener;
import cofre.source.ChangeSource;
import cofre.source.Frozen;
import cofre.source.SourceException;
import java.util.Optional;

/** What tells changes, as a process that may die sees it. */
public final class CrashingChanges implements ChangeSource {
    private final ChangeSource inner;
    private final CrashPoint point;

    public CrashingChanges(ChangeSource inner, CrashPoint point) {
        this.inner = inner;
        this.point = point;
    }

    @Override
    public Optional<Base> base(Frozen view, String viewId) throws SourceException {
        return point.<Optional<Base>, SourceException>run("base", () -> inner.base(view, viewId));
    }

    @Override
    public long estimate(Base base, Frozen view) throws SourceException {
        return point.<Long, SourceException>run("estimate", () -> inner.estimate(base, view));
    }

    @Override
    public void tell(Method method, Base base, Frozen view, ChangeListener listener) throws SourceException {
        point.<Boolean, SourceException>run("tell", () -> {
            inner.tell(method, base, view, listener);
            return true;
        });
    }
}
