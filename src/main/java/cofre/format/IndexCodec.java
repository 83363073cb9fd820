package cofre.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Index files to JSON and back. */
public final class IndexCodec {
    /** Largest index file read, as plain JSON. */
    public static final int MAX_BYTES = 256 * 1024 * 1024;

    /** As many blobs as the largest pack header lists. */
    private static final int MAX_BLOBS_PER_PACK = PackHeaderCodec.MAX_SEALED_BYTES / PackHeaderCodec.PLAIN_ENTRY;

    private static final int BYTES_PER_BLOB = 160;

    private IndexCodec() {}

    /** What takes a pack's content as it is read. */
    @FunctionalInterface
    public interface PackConsumer {
        /** One pack with at least one blob. */
        void accept(IndexFile.Pack pack);
    }

    /** The file as restic writes it. */
    public static byte[] encode(IndexFile index) {
        int blobs = index.packs().stream().mapToInt(pack -> pack.blobs().size()).sum();
        JsonBytes out = new JsonBytes(Math.max(1024, blobs * BYTES_PER_BLOB));
        out.raw("{\"packs\":[");
        String before = "";
        for (IndexFile.Pack pack : index.packs()) {
            out.raw(before).raw("{\"id\":").id(pack.id().hash()).raw(",\"blobs\":[");
            String comma = "";
            for (PackedBlob blob : pack.blobs()) {
                out.raw(comma);
                write(blob, out);
                comma = ",";
            }
            out.raw("]}");
            before = ",";
        }
        return out.raw("]}\n").toByteArray();
    }

    private static void write(PackedBlob blob, JsonBytes out) {
        out.raw("{\"id\":").id(blob.blob().id().hash());
        out.raw(",\"type\":\"").raw(blob.blob().type().text());
        out.raw("\",\"offset\":").unsigned(blob.offset());
        out.raw(",\"length\":").unsigned(blob.length());
        if (blob.isCompressed()) {
            out.raw(",\"uncompressed_length\":").unsigned(blob.uncompressedLength());
        }
        out.raw('}');
    }

    /**
     * Reads a whole index file, pack by pack.
     *
     * @param consumer gets each pack as soon as it is read; when an error follows, what it got is to be thrown away
     * @throws FormatException when the file is not an index, or places blobs where they cannot be: below 0, shorter than
     *     sealing makes them, or one over another
     */
    public static void decode(byte[] json, PackConsumer consumer) throws FormatException {
        decode(json, 0, json.length, consumer);
    }

    /** The same of {@code length} bytes at {@code offset}. */
    public static void decode(byte[] json, int offset, int length, PackConsumer consumer) throws FormatException {
        JsonInput in = new JsonInput("index", json, offset, length, MAX_BYTES);
        Set<String> seen = new HashSet<>();
        while (in.nextField(seen)) {
            if (in.field().equals("packs")) {
                packs(in, consumer);
            } else {
                in.skip(); // such as "supersedes", which old programs wrote
            }
        }
        if (!seen.contains("packs")) {
            throw in.bad("an object without packs", "a list of packs");
        }
        in.end();
    }

    /** Reads a whole index file at once. */
    public static IndexFile decode(byte[] json) throws FormatException {
        List<IndexFile.Pack> packs = new ArrayList<>();
        decode(json, packs::add);
        return new IndexFile(packs);
    }

    private static void packs(JsonInput in, PackConsumer consumer) throws FormatException {
        if (in.isNull()) {
            return;
        }
        in.array();
        while (in.nextElement()) {
            consumer.accept(pack(in));
        }
    }

    private static IndexFile.Pack pack(JsonInput in) throws FormatException {
        in.object();
        Sha256 id = null;
        List<PackedBlob> blobs = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "id" -> id = single(in, id == null, in.id());
                case "blobs" -> blobs = single(in, blobs.isEmpty(), blobs(in));
                default -> in.skip();
            }
        }
        if (id == null || blobs.isEmpty()) {
            throw in.bad("a pack without " + (id == null ? "id" : "blobs"), "both");
        }
        return new IndexFile.Pack(new PackId(id), blobs);
    }

    private static <T> T single(JsonInput in, boolean isFirst, T value) throws FormatException {
        if (!isFirst) {
            throw in.bad("the field comes twice", "once");
        }
        return value;
    }

    private static List<PackedBlob> blobs(JsonInput in) throws FormatException {
        in.array();
        List<PackedBlob> blobs = new ArrayList<>();
        boolean inOrder = true;
        long end = 0;
        BlobEntry entry = new BlobEntry();
        while (in.nextElement()) {
            PackedBlob blob = entry.read(in);
            inOrder &= blob.offset() >= end;
            end = blob.offset() + blob.length();
            blobs.add(blob);
            if (blobs.size() > MAX_BLOBS_PER_PACK) {
                throw in.bad("a pack of over " + MAX_BLOBS_PER_PACK + " blobs", "at most that");
            }
        }
        if (!inOrder) {
            checkOverlap(in, blobs);
        }
        return blobs;
    }

    private static void checkOverlap(JsonInput in, List<PackedBlob> blobs) throws FormatException {
        List<PackedBlob> sorted = new ArrayList<>(blobs);
        sorted.sort(Comparator.comparingLong(PackedBlob::offset));
        long end = 0;
        for (PackedBlob blob : sorted) {
            if (blob.offset() < end) {
                throw in.bad(blob.blob() + " at " + blob.offset(), "at least " + end + ", where the one before ends");
            }
            end = blob.offset() + blob.length();
        }
    }
}
