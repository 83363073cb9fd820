package cofre.walk;

import cofre.acl.AclFormatException;
import cofre.acl.Nfs4Acl;
import cofre.format.GenericAttributes;
import cofre.format.RightsModel;
import cofre.path.RawName;
import cofre.posix.Fd;
import cofre.posix.Nfs4Acls;
import cofre.posix.PosixException;
import java.util.Optional;

/**
 * Reads NFSv4 ACLs of one tree's files. Where they should be there and cannot be read, it says so: rights that are not known
 * must not be taken for rights that are not there. Thread-safe.
 */
final class AclReader {
    private final Nfs4Acls acls;
    private final RightsModel model;

    private AclReader(Nfs4Acls acls, RightsModel model) {
        this.acls = acls;
        this.model = model;
    }

    /**
     * For the tree below a directory. A system without NFSv4 ACLs has POSIX ACLs, which are extended attributes; FreeBSD keeps
     * those of file systems other than ZFS where nobody reads them.
     */
    static AclReader below(Fd root, Nfs4Acls acls) throws PosixException {
        if (!acls.areKept()) {
            return new AclReader(acls, RightsModel.POSIX);
        }
        return new AclReader(acls, acls.areKeptBy(root) ? RightsModel.NFS4 : RightsModel.NONE);
    }

    RightsModel model() {
        return model;
    }

    /** Whether the file system this directory is on keeps them, if the tree's root has them: asked once a directory. */
    boolean areKeptBy(Fd dir) {
        try {
            return model == RightsModel.NFS4 && acls.areKeptBy(dir);
        } catch (PosixException e) {
            return false; // then they count as unreadable
        }
    }

    Optional<String> of(Fd file, boolean kept, int mode) {
        return read(kept, mode, () -> acls.get(file));
    }

    Optional<String> of(Fd dir, RawName entry, boolean kept, int mode) {
        return read(kept, mode, () -> acls.getAt(dir, entry));
    }

    @FunctionalInterface
    private interface Getter {
        byte[] get() throws PosixException;
    }

    private Optional<String> read(boolean kept, int mode, Getter getter) {
        if (model != RightsModel.NFS4) {
            return Optional.empty();
        }
        if (!kept) {
            return Optional.of(GenericAttributes.UNREADABLE);
        }
        try {
            Nfs4Acl acl = Nfs4Acl.ofStruct(getter.get());
            return acl.isTrivial(mode) ? Optional.empty() : Optional.of(acl.text());
        } catch (PosixException | AclFormatException e) {
            return Optional.of(GenericAttributes.UNREADABLE);
        }
    }
}
