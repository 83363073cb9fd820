package cofre.seal;

import cofre.format.ConfigCodec;
import cofre.format.IndexCodec;
import cofre.format.IndexFile;
import cofre.format.KeyFileCodec;
import cofre.format.PackedBlob;
import cofre.format.RepositoryConfig;
import cofre.format.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A repository written by real restic, from the test resources; see golden/README.md. */
final class GoldenRepository {
    static final String PASSWORD = "correct horse ç";

    private final Map<String, byte[]> files = new TreeMap<>();
    private final MasterKey key;
    private final Sealer sealer;
    private final RepositoryConfig config;

    GoldenRepository(String name) throws Exception {
        try (InputStream in = GoldenRepository.class.getResourceAsStream("/golden/" + name + ".zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            unpack(zip);
        }
        try (Secret password = Secret.ofChars(PASSWORD.toCharArray())) {
            byte[] json = folder("keys/").values().iterator().next();
            key = new KeyRing(new SecureRandom())
                    .open(KeyFileCodec.decode(json), password)
                    .orElseThrow();
        }
        sealer = new Sealer(key, new SecureRandom(), TagFunction.bouncyCastle());
        config = ConfigCodec.decode(UnpackedSeal.openConfig(sealer, files.get("config")));
    }

    private void unpack(ZipInputStream zip) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            files.put(entry.getName(), zip.readAllBytes());
        }
    }

    byte[] file(String name) {
        return files.get(name);
    }

    /** The files in a folder, by the last part of their names. */
    Map<String, byte[]> folder(String prefix) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        files.forEach((name, bytes) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(name.lastIndexOf('/') + 1), bytes);
            }
        });
        return found;
    }

    /** The plain JSON of all files of a kind. */
    Map<String, byte[]> opened(UnpackedKind kind) throws Exception {
        String prefix = kind == UnpackedKind.INDEX ? "index/" : kind.text() + "s/";
        UnpackedSeal seal = new UnpackedSeal(sealer, config.version());
        Map<String, byte[]> opened = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : folder(prefix).entrySet()) {
            opened.put(file.getKey(), seal.open(kind, Sha256.parse(file.getKey()), file.getValue()));
        }
        return opened;
    }

    /** All blobs the indexes list, plain. */
    Map<PackedBlob, byte[]> blobs() throws Exception {
        BlobSeal seal = new BlobSeal(sealer, config.version(), Compression.AUTO);
        Map<String, byte[]> packs = folder("data/");
        Map<PackedBlob, byte[]> blobs = new LinkedHashMap<>();
        for (byte[] json : opened(UnpackedKind.INDEX).values()) {
            for (IndexFile.Pack pack : IndexCodec.decode(json).packs()) {
                for (PackedBlob blob : pack.blobs()) {
                    blobs.put(blob, seal.open(blob, packs.get(pack.id().hex()), (int) blob.offset()));
                }
            }
        }
        return blobs;
    }

    MasterKey key() {
        return key;
    }

    Sealer sealer() {
        return sealer;
    }

    RepositoryConfig config() {
        return config;
    }
}
