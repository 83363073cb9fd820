package cofre.browse;

import cofre.acl.Rights;
import cofre.format.BlobId;
import java.util.Optional;

/** A spot of this engine. */
abstract sealed class Entry implements Spot {
    /** The top directory. */
    static final class Top extends Entry {
        private static final long INODE = 1;

        @Override
        public Optional<Spot> parent() {
            return Optional.empty();
        }

        @Override
        public EntryKind kind() {
            return EntryKind.DIRECTORY;
        }

        @Override
        public long inode() {
            return INODE;
        }
    }

    /** A share's directory, which holds its versions. */
    static final class ShareDir extends Entry {
        private final Top top;
        private final String share;
        private final PathKey key;

        ShareDir(Top top, String share) {
            this.top = top;
            this.share = share;
            this.key = PathKey.ofShare(share);
        }

        String share() {
            return share;
        }

        PathKey key() {
            return key;
        }

        @Override
        public Optional<Spot> parent() {
            return Optional.of(top);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.DIRECTORY;
        }

        @Override
        public long inode() {
            return key.inode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ShareDir dir && top.equals(dir.top) && share.equals(dir.share);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(key.a());
        }
    }

    /** Anything of a version. */
    abstract static sealed class Kept extends Entry {
        abstract Held held();

        /** The directory of the same version it is in; null for the version's root. */
        abstract Dir above();

        /** Which entry of that directory's tree it is. */
        abstract int position();
    }

    /** A directory of a version, or its root. */
    static final class Dir extends Kept {
        private final Held held;
        private final Dir above;
        private final int position;
        private final BlobId tree;
        private final PathKey key;
        private volatile Rights rights; // null until asked for

        /** A version's root, whose tree is not known before it is looked at. */
        Dir(Held held) {
            this(held, null, 0, null, held.key());
        }

        Dir(Held held, Dir above, int position, BlobId tree, PathKey key) {
            this.held = held;
            this.above = above;
            this.position = position;
            this.tree = tree;
            this.key = key;
        }

        @Override
        Held held() {
            return held;
        }

        @Override
        Dir above() {
            return above;
        }

        @Override
        int position() {
            return position;
        }

        /** Its tree; null for a version's root. */
        BlobId tree() {
            return tree;
        }

        PathKey key() {
            return key;
        }

        /** Its rights, as {@link #keep} was told; null before. */
        Rights rights() {
            return rights;
        }

        void keep(Rights known) {
            rights = known;
        }

        @Override
        public Optional<Spot> parent() {
            return Optional.of(above == null ? held.shareDir() : above);
        }

        @Override
        public EntryKind kind() {
            return EntryKind.DIRECTORY;
        }

        @Override
        public long inode() {
            return key.inode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Dir dir
                    && key.equals(dir.key)
                    && held.shareDir().equals(dir.held.shareDir());
        }

        @Override
        public int hashCode() {
            return Long.hashCode(key.a());
        }
    }

    /** Anything else of a version: 32 bytes. */
    static final class Leaf extends Kept {
        private final Dir above;
        private final int position;
        private final EntryKind kind;
        private final long inode;

        Leaf(Dir above, int position, EntryKind kind, long inode) {
            this.above = above;
            this.position = position;
            this.kind = kind;
            this.inode = inode;
        }

        @Override
        Held held() {
            return above.held;
        }

        @Override
        Dir above() {
            return above;
        }

        @Override
        int position() {
            return position;
        }

        @Override
        public Optional<Spot> parent() {
            return Optional.of(above);
        }

        @Override
        public EntryKind kind() {
            return kind;
        }

        @Override
        public long inode() {
            return inode;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Leaf leaf && position == leaf.position && above.equals(leaf.above);
        }

        @Override
        public int hashCode() {
            return 31 * above.hashCode() + position;
        }
    }
}
