package cofre.restore;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobPlace;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.NodeType;
import cofre.format.Sha256;
import cofre.format.Xattr;
import cofre.path.RawPath;
import cofre.repository.BlobReader;
import java.util.Optional;

/** Reads what was restored and compares it with what the point says: content by the blobs' hashes. Thread-safe. */
final class Verifier {
    private final BlobReader reader;
    private final Tally tally;
    private final ThreadLocal<byte[]> buffer = ThreadLocal.withInitial(() -> new byte[0]);

    Verifier(BlobReader reader, Tally tally) {
        this.reader = reader;
        this.tally = tally;
    }

    /** Reads a file back; what is wrong is reported. */
    void file(RestoredFile file) throws TargetException {
        try (TargetReader back =
                file.dir().target().orElseThrow().read(file.node().name())) {
            Optional<String> wrong = content(back, file.body());
            if (wrong.isEmpty()) {
                tally.verified.incrementAndGet();
                wrong = metadata(back.entry(), file.node().metadata(), back::has);
            }
            wrong.ifPresent(why -> report(file.path(), why));
        } catch (TargetException.Entry e) {
            tally.failed(file.path(), e.getMessage());
        }
    }

    /** Compares a directory's metadata; what is wrong is reported. */
    void directory(TargetDir dir, Metadata metadata) throws TargetException {
        metadata(dir.entry(), metadata, dir::has).ifPresent(why -> report(dir.path(), why));
    }

    /** Compares the metadata of a link, device or fifo; what is wrong is reported. */
    void special(OpenDir dir, Node node) throws TargetException {
        TargetEntry entry = dir.target().orElseThrow().look(node.name());
        Optional<String> wrong = entry.type() == node.type()
                ? metadata(entry, node.metadata(), attribute -> true)
                : Optional.of(
                        "type " + entry.type().text() + " vs " + node.type().text());
        wrong.ifPresent(why -> report(dir.path(node.name()), why));
    }

    private void report(RawPath path, String why) {
        tally.failed(path, "it is not what the restore point says: " + why + "; restore it again");
    }

    /** What is different in the content; empty when it is the same. */
    Optional<String> content(TargetReader file, Node.FileBody body) throws TargetException {
        long offset = 0;
        for (BlobId id : body.content()) {
            int length = lengthOf(id);
            if (length < 0) {
                return Optional.of("blob " + id + " is in no index, so it cannot be compared");
            }
            byte[] bytes = bufferOf(length);
            int got = file.read(offset, bytes, length);
            if (got < length) {
                return Optional.of("it ends at " + (offset + got) + " vs at least " + (offset + length));
            }
            if (!Sha256.hash(bytes, 0, length).equals(id.hash())) {
                return Optional.of("content from " + offset + " to " + (offset + length) + " differs");
            }
            offset += length;
        }
        long size = file.entry().size();
        return size == offset ? Optional.empty() : Optional.of("size " + size + " vs " + offset);
    }

    private int lengthOf(BlobId id) {
        if (ZeroBlob.is(id)) {
            return ZeroBlob.LENGTH;
        }
        Optional<BlobPlace> place = reader.locate(BlobHandle.data(id));
        return place.isPresent() ? place.get().blob().plainLength() : -1;
    }

    /** Tells whether something has an attribute. */
    private interface Attributes {
        boolean has(Xattr attribute) throws TargetException;
    }

    private static Optional<String> metadata(TargetEntry is, Metadata wanted, Attributes attributes)
            throws TargetException {
        if (is.type() != NodeType.SYMLINK && is.mode() != wanted.mode()) {
            return Optional.of(
                    "mode " + Integer.toOctalString(is.mode()) + " vs " + Integer.toOctalString(wanted.mode()));
        }
        if (is.uid() != wanted.uid() || is.gid() != wanted.gid()) {
            return Optional.of("owner " + is.uid() + ":" + is.gid() + " vs " + wanted.uid() + ":" + wanted.gid());
        }
        if (!is.mtime().equals(wanted.mtime())) {
            return Optional.of("modification time " + is.mtime() + " vs " + wanted.mtime());
        }
        for (Xattr attribute : wanted.xattrs()) {
            if (!attributes.has(attribute)) {
                return Optional.of("attribute " + attribute + " is missing or has another value");
            }
        }
        return Optional.empty();
    }

    private byte[] bufferOf(int length) {
        byte[] bytes = buffer.get();
        if (bytes.length < length) {
            bytes = new byte[length];
            buffer.set(bytes);
        }
        return bytes;
    }
}
