import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.ConfigCodec;
import cofre.format.FormatException;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.KeyFileCodec;
import cofre.format.Metadata;
import cofre.format.Node;
import cofre.format.PackHeaderCodec;
import cofre.format.PackId;
import cofre.format.PackedBlob;
import cofre.format.RepositoryConfig;
import cofre.format.RepositoryId;
import cofre.format.Sha256;
import cofre.format.Snapshot;
import cofre.format.SnapshotCodec;
import cofre.format.TreeEncoder;
import cofre.path.RawName;
import cofre.seal.BlobSeal;
import cofre.seal.Compression;
import cofre.seal.KeyRing;
import cofre.seal.MasterKey;
import cofre.seal.ScryptCost;
import cofre.seal.Sealer;
import cofre.seal.Secret;
import cofre.seal.TagFunction;
import cofre.seal.UnpackedSeal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes a repository that opens and can be pruned, with as many blobs as are asked for, without the content of one: {@code
 * java -cp cofre.jar IndexCorpus.java BLOBS DIRECTORY PASSWORD}. Real are its key, config, index files, records, directories
 * and the header at the end of every pack; where file content would be, packs are holes. Of the packs, 5 in 100 hold nothing
 * that is needed, 10 only half, and one what the pack before it holds too.
 */
final class IndexCorpus {
    private static final int BLOBS_IN_PACK = 100;
    private static final int FILES_IN_DIR = 100;
    private static final int POINTS = 10;
    private static final int TREE_PACK = 16 << 20;
    private static final int FULL_INDEX = 50_000;
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private final Path root;
    private final Sealer sealer;
    private final UnpackedSeal unpacked;
    private final BlobSeal blobs;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<IndexFile.Pack> unindexed = new ArrayList<>();
    private int unindexedBlobs;
    private final List<PackedBlob> trees = new ArrayList<>();
    private final ByteArrayOutputStream treePack = new ByteArrayOutputStream(TREE_PACK + (TREE_PACK >> 1));
    private final TreeEncoder encoder = new TreeEncoder();
    private int nodes;

    private IndexCorpus(Path root, String password) throws IOException {
        this.root = root;
        MasterKey master = MasterKey.random(new SecureRandom());
        sealer = new Sealer(master, new SecureRandom(), TagFunction.bouncyCastle());
        unpacked = new UnpackedSeal(sealer, 2);
        blobs = new BlobSeal(sealer, 2, Compression.AUTO);
        for (String folder : List.of("data", "index", "keys", "locks", "snapshots")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (int i = 0; i < 256; i++) {
            Files.createDirectories(root.resolve(String.format("data/%02x", i)));
        }
        byte[] key = KeyFileCodec.encode(new KeyRing(new SecureRandom())
                .create(
                        master,
                        Secret.ofChars(password.toCharArray()),
                        ScryptCost.FLOOR,
                        new KeyRing.Origin(THEN.atZone(ZoneOffset.UTC), "bench", "bench")));
        Files.write(root.resolve("keys").resolve(Sha256.hash(key).hex()), key);
        RepositoryConfig config = new RepositoryConfig(2, new RepositoryId(hash(-1)), 0x3DA3358B4DC173L);
        Files.write(root.resolve("config"), UnpackedSeal.sealConfig(sealer, ConfigCodec.encode(config)));
    }

    public static void main(String[] args) throws IOException, FormatException {
        new IndexCorpus(Path.of(args[1]), args[2]).make(Long.parseLong(args[0]));
    }

    private void make(long count) throws IOException, FormatException {
        int packs = Math.toIntExact(count / BLOBS_IN_PACK);
        Needed needed = new Needed(packs);
        for (int pack = 0; pack < packs; pack++) {
            addPack(pack, pack % 100 == 99 ? pack - 1 : pack);
        }
        List<BlobId> roots = new ArrayList<>();
        int perPoint = Math.max(1, packs / POINTS);
        for (int from = 0; from < packs; from += perPoint) {
            roots.add(point(needed, from, Math.min(packs, from + perPoint)));
        }
        flushTrees();
        flushIndex();
        for (BlobId one : roots) {
            record(one);
        }
    }

    /** Which blobs restore points need, by pack and place in it. */
    private record Needed(int packs) {
        boolean has(int pack, int place) {
            long share = 100L * pack / packs;
            return share < 85 || share < 95 && place % 2 == 0;
        }
    }

    private static Sha256 hash(long number) {
        SplittableRandom bits = new SplittableRandom(number);
        return new Sha256(bits.nextLong(), bits.nextLong(), bits.nextLong(), bits.nextLong());
    }

    private static BlobId blob(int pack, int place) {
        return new BlobId(hash((long) pack * BLOBS_IN_PACK + place));
    }

    private void addPack(int pack, int content) throws IOException {
        List<PackedBlob> placed = new ArrayList<>();
        int offset = 0;
        SplittableRandom lengths = new SplittableRandom(content);
        for (int place = 0; place < BLOBS_IN_PACK; place++) {
            int length = lengths.nextInt(60_000, 280_000);
            placed.add(new PackedBlob(BlobHandle.data(blob(content, place)), offset, length, length / 2 * 3));
            offset += length;
        }
        byte[] end = header(placed);
        Sha256 name = hash(-2L - pack);
        try (RandomAccessFile file = new RandomAccessFile(path(name).toFile(), "rw")) {
            file.seek(offset);
            file.write(end);
        }
        index(new IndexFile.Pack(new PackId(name), placed));
    }

    private Path path(Sha256 pack) {
        return root.resolve("data/" + pack.hex().substring(0, 2) + "/" + pack.hex());
    }

    private byte[] header(List<PackedBlob> placed) {
        byte[] sealed = sealer.seal(PackHeaderCodec.encode(placed));
        byte[] end = java.util.Arrays.copyOf(sealed, sealed.length + PackHeaderCodec.LENGTH_FIELD);
        PackHeaderCodec.writeLength(sealed.length, end, sealed.length);
        return end;
    }

    private void index(IndexFile.Pack pack) throws IOException {
        unindexed.add(pack);
        unindexedBlobs += pack.blobs().size();
        if (unindexedBlobs >= FULL_INDEX) {
            flushIndex();
        }
    }

    private void flushIndex() throws IOException {
        if (!unindexed.isEmpty()) {
            UnpackedSeal.Stored stored = unpacked.seal(IndexCodec.encode(new IndexFile(unindexed)));
            Files.write(root.resolve("index").resolve(stored.name().hex()), stored.bytes());
        }
        unindexed.clear();
        unindexedBlobs = 0;
    }

    /** A root whose directories need what these packs hold. */
    private BlobId point(Needed needed, int from, int to) throws IOException, FormatException {
        List<BlobId> dirs = new ArrayList<>();
        List<BlobId> content = new ArrayList<>();
        nodes = 0;
        for (int pack = from; pack < to; pack++) {
            for (int place = 0; place < BLOBS_IN_PACK; place++) {
                if (needed.has(pack, place)) {
                    content.add(blob(pack % 100 == 99 ? pack - 1 : pack, place));
                }
                if (content.size() > random.nextInt(8)) {
                    encoder.add(node("file", new Node.FileBody(250_000L * content.size(), content)));
                    content.clear();
                    nodes++;
                }
                if (nodes == FILES_IN_DIR) {
                    dirs.add(tree(encoder.finish()));
                    nodes = 0;
                }
            }
        }
        if (nodes > 0) {
            dirs.add(tree(encoder.finish()));
        }
        nodes = 0;
        for (BlobId dir : dirs) {
            encoder.add(node("dir", new Node.DirBody(dir)));
            nodes++;
        }
        return tree(encoder.finish());
    }

    private Node node(String kind, Node.Body body) {
        Metadata metadata = new Metadata(
                0644, THEN, THEN, THEN, 1000, 1000, "bench", "bench", 1_000_000L + nodes, 7, 1, List.of(), Map.of());
        String name = String.format("%s-%06d", kind, nodes);
        return new Node(RawName.of(name.getBytes(StandardCharsets.US_ASCII)), metadata, body);
    }

    private BlobId tree(byte[] plain) throws IOException {
        BlobId id = new BlobId(Sha256.hash(plain));
        byte[] out = new byte[blobs.maxSealedLength(BlobType.TREE, plain.length)];
        BlobSeal.Sealed sealed = blobs.seal(BlobType.TREE, plain, 0, plain.length, out, 0);
        trees.add(new PackedBlob(BlobHandle.tree(id), treePack.size(), sealed.length(), sealed.uncompressedLength()));
        treePack.write(out, 0, sealed.length());
        if (treePack.size() >= TREE_PACK) {
            flushTrees();
        }
        return id;
    }

    private void flushTrees() throws IOException {
        if (!trees.isEmpty()) {
            treePack.write(header(trees));
            byte[] pack = treePack.toByteArray();
            Sha256 name = Sha256.hash(pack);
            Files.write(path(name), pack);
            index(new IndexFile.Pack(new PackId(name), List.copyOf(trees)));
        }
        trees.clear();
        treePack.reset();
    }

    private void record(BlobId tree) throws IOException {
        Snapshot point = new Snapshot(
                THEN.atZone(ZoneOffset.UTC),
                Optional.empty(),
                tree,
                List.of("/bench"),
                "bench",
                "bench",
                0,
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                Optional.empty());
        UnpackedSeal.Stored stored = unpacked.seal(SnapshotCodec.encode(point));
        Files.write(root.resolve("snapshots").resolve(stored.name().hex()), stored.bytes());
    }
}
