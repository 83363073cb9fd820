package cofre.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import cofre.format.BlobHandle;
import cofre.format.BlobId;
import cofre.format.BlobType;
import cofre.format.ConfigCodec;
import cofre.format.FormatException;
import cofre.format.IndexCodec;
import cofre.format.KeyFileCodec;
import cofre.format.LockCodec;
import cofre.format.MasterKeyCodec;
import cofre.format.PackHeaderCodec;
import cofre.format.PackedBlob;
import cofre.format.Sha256;
import cofre.format.SnapshotCodec;
import cofre.format.TreeCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bytes a decoder gets, a value or one of our two families of errors comes out, and memory stays bounded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileDecodersTest {
    private static final int ROUNDS = 2000;

    /** Pieces that JSON parsers trip over. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\\\x",
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "0.1",
            "\u0000",
            "\ud83d\ude00",
            "[[[[[[[[",
            "{\"a\":",
            "\"name\":\"..\"",
            "\"offset\":-1",
            "0000-00-00T00:00:00Z",
            "+99:99",
            "\"content\":null",
            "\"type\":\"dir\"");

    enum Kind {
        TREE,
        INDEX,
        SNAPSHOT,
        LOCK,
        CONFIG,
        KEY,
        MASTER_KEY,
        HEADER,
        FRAME
    }

    private static Object decode(Kind kind, byte[] bytes) throws FormatException, SealException {
        return switch (kind) {
            case TREE -> TreeCodec.decode(bytes);
            case INDEX -> IndexCodec.decode(bytes);
            case SNAPSHOT -> SnapshotCodec.decode(bytes);
            case LOCK -> LockCodec.decode(bytes);
            case CONFIG -> ConfigCodec.decode(bytes);
            case KEY -> KeyFileCodec.decode(bytes);
            case MASTER_KEY -> MasterKeyCodec.decode(bytes);
            case HEADER -> PackHeaderCodec.decode(bytes, 5000, 2);
            case FRAME -> new Zstd(Compression.AUTO).decompress(bytes, 0, bytes.length, 1 << 20, byte[]::new);
        };
    }

    private final Map<Kind, List<byte[]>> samples = new EnumMap<>(Kind.class);

    @BeforeAll
    void collect() throws Exception {
        for (Kind kind : Kind.values()) {
            samples.put(kind, new ArrayList<>());
        }
        GoldenRepository golden = new GoldenRepository("restic-0.18-v2");
        samples.get(Kind.INDEX).addAll(golden.opened(UnpackedKind.INDEX).values());
        samples.get(Kind.SNAPSHOT).addAll(golden.opened(UnpackedKind.SNAPSHOT).values());
        samples.get(Kind.LOCK).addAll(golden.opened(UnpackedKind.LOCK).values());
        samples.get(Kind.CONFIG).add(UnpackedSeal.openConfig(golden.sealer(), golden.file("config")));
        samples.get(Kind.KEY).addAll(golden.folder("keys/").values());
        samples.get(Kind.MASTER_KEY).add(golden.key().toJson());
        List<PackedBlob> blobs = new ArrayList<>();
        for (Map.Entry<PackedBlob, byte[]> blob : golden.blobs().entrySet()) {
            if (blob.getKey().blob().type() == BlobType.TREE) {
                samples.get(Kind.TREE).add(blob.getValue());
            }
        }
        blobs.add(new PackedBlob(BlobHandle.data(new BlobId(Sha256.hash(new byte[1]))), 0, 5000 - 41 - 36, 99));
        samples.get(Kind.HEADER).add(PackHeaderCodec.encode(blobs));
        for (byte[] tree : samples.get(Kind.TREE)) {
            byte[] out = new byte[Zstd.maxLength(tree.length)];
            samples.get(Kind.FRAME)
                    .add(Arrays.copyOf(out, new Zstd(Compression.AUTO).compress(tree, 0, tree.length, out, 0)));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void mutatedFilesGiveAValueOrAnError(Kind kind) throws Exception {
        Random random = new Random(kind.name().hashCode());
        List<byte[]> originals = samples.get(kind);
        assertThat(originals).isNotEmpty();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] original = originals.get(random.nextInt(originals.size()));
            byte[] mutated = mutate(original, random);
            refused += isRefused(kind, mutated) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(ROUNDS / 10); // else the mutations do not reach anything
        for (byte[] original : originals) {
            assertThat(isRefused(kind, original)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noiseIsRefused(Kind kind) {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            if (noise.length > 1 && round % 2 == 0) {
                noise[0] = '{';
            }
            assertThat(isRefused(kind, noise)).isTrue();
        }
    }

    private static boolean isRefused(Kind kind, byte[] bytes) {
        try {
            decode(kind, bytes);
            return false;
        } catch (FormatException | SealException e) {
            assertThat(e.getMessage()).startsWith("cannot ").hasSizeLessThan(2000);
            assertThat(e.getMessage().codePoints().noneMatch(Character::isISOControl))
                    .isTrue();
            return true;
        } catch (RuntimeException e) {
            return fail("%s let an exception out for %s", kind, new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(Math.max(1, bytes.length));
            bytes = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> joined(bytes, at, PIECES.get(random.nextInt(PIECES.size())), at);
                case 2 -> joined(bytes, at, "", Math.min(bytes.length, at + random.nextInt(40)));
                case 3 -> joined(bytes, at, "", Math.max(0, at - random.nextInt(200))); // repeats a stretch
                default -> flipped(bytes, at, random);
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        byte[] copy = bytes.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] joined(byte[] bytes, int head, String middle, int tail) {
        byte[] piece = middle.getBytes(StandardCharsets.UTF_8);
        byte[] out = Arrays.copyOf(bytes, head + piece.length + bytes.length - tail);
        System.arraycopy(piece, 0, out, head, piece.length);
        System.arraycopy(bytes, tail, out, head + piece.length, bytes.length - tail);
        return out;
    }

    /** H4: a valid file of one kind where another is asked for. */
    @Test
    void noKindPassesForAnother() {
        for (Kind asked : Kind.values()) {
            for (Kind given : Kind.values()) {
                for (byte[] bytes : samples.get(given)) {
                    assertThat(isRefused(asked, bytes))
                            .as("%s as %s", given, asked)
                            .isEqualTo(asked != given);
                }
            }
        }
    }

    @Test
    void aMegabyteOfOpenBracketsNeedsNoStack() {
        byte[] deep = ("{\"a\":" + "[".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII);
        for (Kind kind : Kind.values()) {
            assertThatThrownBy(() -> decode(kind, deep)).isInstanceOfAny(FormatException.class, SealException.class);
        }
    }
}
