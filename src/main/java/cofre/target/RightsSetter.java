package cofre.target;

import cofre.acl.AclFormatException;
import cofre.acl.Nfs4Acl;
import cofre.acl.PosixAcl;
import cofre.format.GenericAttributes;
import cofre.format.Metadata;
import cofre.format.Xattr;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.Nfs4Acls;
import cofre.posix.Nodes;
import cofre.posix.PosixException;
import cofre.restore.Lack;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Mode and access list, which have to fit each other. A list that cannot be set leaves a mode that lets in nobody whom the list
 * kept out. Thread-safe.
 */
final class RightsSetter {
    private static final byte[] POSIX_ACL = "system.posix_acl_access".getBytes(StandardCharsets.US_ASCII);
    private static final int OWNER_ONLY = ~077;

    private final Nodes nodes;
    private final Nfs4Acls acls;

    RightsSetter(Nodes nodes, Nfs4Acls acls) {
        this.nodes = nodes;
        this.acls = acls;
    }

    /** Whether an attribute is the one Linux keeps a POSIX ACL in. */
    static boolean isPosixAcl(Xattr attribute) {
        return Arrays.equals(attribute.name(), POSIX_ACL);
    }

    /** The mode of an entry whose POSIX ACL cannot be set: its group bits were the list's mask. */
    static int modeWithout(Xattr posixAcl, int mode) {
        try {
            return PosixAcl.ofXattr(posixAcl.value()).modeWithout(mode);
        } catch (AclFormatException e) {
            return mode & OWNER_ONLY;
        }
    }

    /** What is to become of the NFSv4 ACL: at most one of the two is there. */
    private record Wanted(Optional<Nfs4Acl> acl, Optional<String> obstacle) {
        static final Wanted NOTHING = new Wanted(Optional.empty(), Optional.empty());
    }

    private Wanted wanted(Metadata metadata, boolean kept) {
        Optional<String> text = GenericAttributes.nfs4Acl(metadata);
        if (text.isEmpty()) {
            return Wanted.NOTHING;
        }
        if (text.get().equals(GenericAttributes.UNREADABLE)) {
            return new Wanted(Optional.empty(), Optional.of("it could not be read when the restore point was made"));
        }
        try {
            Nfs4Acl acl = Nfs4Acl.parse(text.get());
            return kept
                    ? new Wanted(Optional.of(acl), Optional.empty())
                    : new Wanted(Optional.of(acl), Optional.of("NFSv4 lists are not kept here"));
        } catch (AclFormatException e) {
            return new Wanted(Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    /**
     * Sets both, of an open file or directory.
     *
     * @param mode what is wanted of the mode
     */
    void set(Fd file, RawPath path, Metadata metadata, int mode, List<Lack> lacks) {
        boolean kept = isKept(file);
        Wanted wanted = wanted(metadata, kept);
        int narrowed = narrowed(wanted, mode, path, lacks);
        // chmod(2) on ZFS rewrites the list, or refuses to where there is one (aclmode): so what was inherited from the
        // directory is cleared before, and the list wanted is set after. Setting a list leaves the set-id bits alone.
        if (kept) {
            Steps.attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> clear(file, narrowed));
        }
        Steps.attempt(Lack.Kind.MODE, path, lacks, () -> nodes.chmod(file, narrowed));
        if (wanted.obstacle().isEmpty() && wanted.acl().isPresent()) {
            byte[] image = wanted.acl().get().struct();
            boolean set = Steps.attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> acls.set(file, image));
            if (!set) {
                int less = wanted.acl().get().modeWithout(mode);
                Steps.attempt(Lack.Kind.MODE, path, lacks, () -> nodes.chmod(file, less));
            }
        }
    }

    private boolean isKept(Fd file) {
        try {
            return acls.areKept() && acls.areKeptBy(file);
        } catch (PosixException e) {
            return false;
        }
    }

    private void clear(Fd file, int mode) throws PosixException {
        byte[] plain = Nfs4Acl.ofMode(mode).struct();
        if (!Arrays.equals(acls.get(file), plain)) {
            acls.set(file, plain);
        }
    }

    /** The mode of an entry that is not opened; a list it had is lacking then. */
    int modeAlone(RawPath path, Metadata metadata, int mode, List<Lack> lacks) {
        return narrowed(wanted(metadata, false), mode, path, lacks);
    }

    private static int narrowed(Wanted wanted, int mode, RawPath path, List<Lack> lacks) {
        if (wanted.obstacle().isEmpty()) {
            return mode;
        }
        int less = wanted.acl().map(acl -> acl.modeWithout(mode)).orElse(mode & OWNER_ONLY);
        lacks.add(new Lack(
                Lack.Kind.ATTRIBUTES,
                "cannot set the access list of \"" + path + "\": "
                        + wanted.obstacle().get() + "; "
                        + (less == mode
                                ? "the mode says what everybody may do"
                                : "only its owner may use it, because the list kept some out")));
        return less;
    }
}
