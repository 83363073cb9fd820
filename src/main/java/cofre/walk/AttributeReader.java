package cofre.walk;

import cofre.format.Xattr;
import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.XattrName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads extended attributes, with names as a repository spells them. Most files have none: then it is one call. */
final class AttributeReader {
    private final Posix posix;

    AttributeReader(Posix posix) {
        this.posix = posix;
    }

    List<Xattr> of(Fd file) throws PosixException {
        List<XattrName> names = posix.xattrs().list(file);
        return read(names, name -> posix.xattrs().get(file, name));
    }

    List<Xattr> of(Fd dir, RawName entry) throws PosixException {
        List<XattrName> names = posix.xattrs().listAt(dir, entry);
        return read(names, name -> posix.xattrs().getAt(dir, entry, name));
    }

    @FunctionalInterface
    private interface Getter {
        Optional<byte[]> get(XattrName name) throws PosixException;
    }

    private List<Xattr> read(List<XattrName> names, Getter getter) throws PosixException {
        if (names.isEmpty()) {
            return List.of();
        }
        List<Xattr> found = new ArrayList<>(names.size());
        for (XattrName name : names) {
            Optional<byte[]> value = getter.get(name);
            if (value.isPresent()) {
                found.add(new Xattr(posix.xattrNaming().toRepository(name), value.get()));
            }
        }
        Collections.sort(found);
        return List.copyOf(found);
    }
}
