package cofre.target;

import cofre.format.Metadata;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.restore.Lack;
import cofre.restore.TargetException;
import cofre.restore.TargetFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@link TargetFile} as a partial beside its place. */
final class PosixTargetFile implements TargetFile {
    private final TargetRoom room;
    private final Posix posix;
    private final Spot dir;
    private final Spot partial;
    private final RawName name;
    private final AtomicLong end = new AtomicLong(); // of what was written

    PosixTargetFile(TargetRoom room, Spot dir, Spot partial, RawName name) {
        this.room = room;
        this.posix = room.posix();
        this.dir = dir;
        this.partial = partial;
        this.name = name;
    }

    private RawPath path() {
        return dir.path().resolve(name);
    }

    @Override
    public void write(long offset, byte[] bytes, int at, int length) throws TargetException {
        try (OpenSpots.Lease file = room.spots().lease(partial)) {
            posix.files().pwrite(file.fd(), offset, bytes, at, length);
            end.accumulateAndGet(offset + length, Math::max);
        } catch (PosixException e) {
            throw Faults.entry("write", path(), e);
        }
    }

    @Override
    public List<Lack> finish(long length, Metadata metadata) throws TargetException {
        boolean named = false;
        try (OpenSpots.Lease above = room.spots().lease(dir)) {
            List<Lack> lacks;
            try (OpenSpots.Lease file = room.spots().lease(partial)) {
                if (end.get() != length) { // a hole at the end
                    posix.files().truncate(file.fd(), length);
                }
                lacks = room.metadata().set(file.fd(), path(), metadata);
                room.replace(above.fd(), partial.name, above.fd(), name);
                named = true;
            }
            return lacks;
        } catch (PosixException e) {
            throw Faults.entry("finish", path(), e);
        } finally {
            if (named) {
                room.spots().drop(partial);
            } else {
                discard();
            }
        }
    }

    @Override
    public void discard() {
        room.spots().drop(partial);
        try (OpenSpots.Lease above = room.spots().lease(dir)) {
            posix.nodes().unlinkAt(above.fd(), partial.name);
        } catch (PosixException | TargetException e) {
            // promised: the next run of this restore removes it
        }
    }
}
