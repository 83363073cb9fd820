package cofre.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshot records, locks, key files, configs and master keys. */
class SmallFilesTest {
    private static final String ID = "ab".repeat(32);
    private static final ZonedDateTime TIME = ZonedDateTime.parse("2018-01-15T10:00:00.25-02:00");

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void aSnapshotIsWrittenInResticsOrder() throws FormatException {
        Snapshot.Summary summary = new Snapshot.Summary(TIME, TIME, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        SnapshotId id = SnapshotId.parse(ID);
        Snapshot full = new Snapshot(
                TIME,
                Optional.of(id),
                BlobId.parse(ID),
                List.of("/a", "/b"),
                "h",
                "u",
                1,
                2,
                List.of("*.tmp"),
                List.of("t<"),
                Optional.of(id),
                "cofre",
                Optional.of(summary));
        String json = "{\"time\":\"2018-01-15T10:00:00.25-02:00\",\"parent\":\"" + ID + "\",\"tree\":\"" + ID
                + "\",\"paths\":[\"/a\",\"/b\"],\"hostname\":\"h\",\"username\":\"u\",\"uid\":1,\"gid\":2,"
                + "\"excludes\":[\"*.tmp\"],\"tags\":[\"t\\u003c\"],\"original\":\"" + ID
                + "\",\"program_version\":\"cofre\","
                + "\"summary\":{\"backup_start\":\"2018-01-15T10:00:00.25-02:00\",\"backup_end\":\"2018-01-15T10:00:00.25-02:00\","
                + "\"files_new\":1,\"files_changed\":2,\"files_unmodified\":3,\"dirs_new\":4,\"dirs_changed\":5,"
                + "\"dirs_unmodified\":6,\"data_blobs\":7,\"tree_blobs\":8,\"data_added\":9,\"data_added_packed\":10,"
                + "\"total_files_processed\":11,\"total_bytes_processed\":12}}";
        assertThat(text(SnapshotCodec.encode(full))).isEqualTo(json);
        assertThat(SnapshotCodec.decode(bytes(json))).isEqualTo(full);
    }

    @Test
    void aSnapshotLeavesOutWhatIsEmpty() throws FormatException {
        String json = "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"" + ID + "\",\"paths\":[]}";
        Snapshot bare = SnapshotCodec.decode(bytes(json));
        assertThat(text(SnapshotCodec.encode(bare))).isEqualTo(json);
        assertThat(bare.summary()).isEmpty();
    }

    @Test
    void aSummaryMayBePartial() throws FormatException {
        Snapshot snapshot = SnapshotCodec.decode(bytes("{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"" + ID
                + "\",\"paths\":null,\"new\":{\"x\":1},\"parent\":null,"
                + "\"summary\":{\"files_new\":3,\"other\":[1],\"data_added\":null}}"));
        Snapshot.Summary summary = snapshot.summary().orElseThrow();
        assertThat(summary.filesNew()).isEqualTo(3);
        assertThat(summary.dataAdded()).isZero();
        assertThat(summary.backupStart().getYear()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"paths\":[]}", // no tree
                "{\"tree\":\"@\",\"paths\":[]}", // no time
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":null}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"tree\":\"@\"}", // twice
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"uid\":-1}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"uid\":1e999}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"paths\":[1]}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"paths\":\"/\"}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"summary\":[]}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"summary\":{\"files_new\":1,\"files_new\":1}}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"exclusive\":false,\"hostname\":\"h\",\"pid\":1}", // a lock
                "{\"nodes\":[]}", // a tree
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\"} x"
            })
    void refusesWhatIsNoSnapshot(String json) {
        assertThatThrownBy(() -> SnapshotCodec.decode(bytes(json.replace("@", ID))))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read snapshot: ");
    }

    @Test
    void tooManyPathsAreRefused() {
        String json = "{\"paths\":[" + "\"a\",".repeat(1_000_000) + "\"a\"]}";
        assertThatThrownBy(() -> SnapshotCodec.decode(bytes(json)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("over 1000000 values");
    }

    @Test
    void aLockIsWrittenAsResticDoes() throws FormatException {
        LockFile root = new LockFile(TIME, true, "h", "root", 42, 0, 0);
        assertThat(text(LockCodec.encode(root)))
                .isEqualTo("{\"time\":\"2018-01-15T10:00:00.25-02:00\",\"exclusive\":true,\"hostname\":\"h\","
                        + "\"username\":\"root\",\"pid\":42}");
        LockFile user = new LockFile(TIME, false, "h", "u", 42, 1, 2);
        assertThat(text(LockCodec.encode(user))).endsWith("\"pid\":42,\"uid\":1,\"gid\":2}");
        assertThat(LockCodec.decode(LockCodec.encode(user))).isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"time\":\"2020-01-01T00:00:00Z\"}",
                "{\"exclusive\":true}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"exclusive\":1}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"exclusive\":true,\"pid\":99999999999}",
                "{\"time\":\"2020-01-01T00:00:00Z\",\"tree\":\"@\",\"paths\":[]}" // a snapshot
            })
    void refusesWhatIsNoLock(String json) {
        assertThatThrownBy(() -> LockCodec.decode(bytes(json.replace("@", ID))))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read lock: ");
    }

    @Test
    void aConfigIsWrittenAsResticDoes() throws FormatException {
        String json = "{\"version\":2,\"id\":\"" + ID + "\",\"chunker_polynomial\":\"3da3358b4dc173\"}";
        RepositoryConfig config = ConfigCodec.decode(bytes(json));
        assertThat(config).isEqualTo(new RepositoryConfig(2, RepositoryId.parse(ID), 0x3da3358b4dc173L));
        assertThat(text(ConfigCodec.encode(config))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 99})
    void anUnknownVersionIsAnErrorOfItsOwn(int version) {
        String json = "{\"version\":" + version + ",\"shape\":\"unknown\"}";
        assertThatThrownBy(() -> ConfigCodec.decode(bytes(json)))
                .isInstanceOfSatisfying(
                        FormatException.UnsupportedVersion.class,
                        e -> assertThat(e.version()).isEqualTo(version))
                .hasMessageContaining("version " + version + " vs versions 1 and 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"version\":2}",
                "{\"version\":\"2\",\"id\":\"@\",\"chunker_polynomial\":\"3da3358b4dc173\"}",
                "{\"version\":2,\"id\":\"short\",\"chunker_polynomial\":\"3da3358b4dc173\"}",
                "{\"version\":2,\"id\":\"@\"}",
                "{\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"\"}",
                "{\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"0\"}",
                "{\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"0x3d\"}",
                "{\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"-1\"}",
                "{\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"+1\"}",
                "{\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"11111111111111111\"}", // 17 digits
                "{\"version\":2,\"version\":2,\"id\":\"@\",\"chunker_polynomial\":\"3da3358b4dc173\"}"
            })
    void refusesWhatIsNoConfig(String json) {
        assertThatThrownBy(() -> ConfigCodec.decode(bytes(json.replace("@", ID))))
                .isExactlyInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read config: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kdf\":\"argon2\",\"N\":2,\"r\":1,\"p\":1,\"salt\":\"AA==\",\"data\":\"AA==\"}",
                "{\"kdf\":\"scrypt\",\"N\":2,\"r\":1,\"p\":1,\"data\":\"AA==\"}", // no salt
                "{\"kdf\":\"scrypt\",\"N\":2,\"r\":1,\"p\":1,\"salt\":\"AA==\"}", // no data
                "{\"kdf\":\"scrypt\",\"N\":1099511627776,\"r\":1,\"p\":1,\"salt\":\"AA==\",\"data\":\"AA==\"}", // 2^40
                "{\"kdf\":\"scrypt\",\"N\":-2,\"r\":1,\"p\":1,\"salt\":\"AA==\",\"data\":\"AA==\"}",
                "{\"kdf\":\"scrypt\",\"N\":2,\"N\":2,\"r\":1,\"p\":1,\"salt\":\"AA==\",\"data\":\"AA==\"}"
            })
    void refusesWhatIsNoKeyFile(String json) {
        assertThatThrownBy(() -> KeyFileCodec.decode(bytes(json)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read key file: ");
    }

    @Test
    void aKeyFileOverItsBoundIsRefused() {
        assertThatThrownBy(() -> KeyFileCodec.decode(bytes("{\"kdf\":\"" + "x".repeat(70_000) + "\"}")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("vs at most 65536");
    }

    @Test
    void aMasterKeyKeepsItsPartsApart() throws FormatException {
        byte[] key = new byte[64];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        byte[] json = MasterKeyCodec.encode(key);
        assertThat(text(json))
                .isEqualTo("{\"mac\":{\"k\":\"ICEiIyQlJicoKSorLC0uLw==\",\"r\":\"MDEyMzQ1Njc4OTo7PD0+Pw==\"},"
                        + "\"encrypt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}")
                .hasSize(128);
        assertThat(MasterKeyCodec.decode(json)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"encrypt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
                "{\"mac\":{\"k\":\"ICEiIyQlJicoKSorLC0uLw==\"},\"encrypt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
                "{\"mac\":{\"k\":\"ICEiIyQlJicoKSorLC0uLw==\",\"r\":\"AA==\"},\"encrypt\":\"AAEC\"}",
                "{\"mac\":{\"k\":\"supersecret\"}}"
            })
    void refusesWhatIsNoMasterKeyAndQuotesNothing(String json) {
        assertThatThrownBy(() -> MasterKeyCodec.decode(bytes(json)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot read master key: ")
                .hasMessageNotContainingAny("supersecret", "AAEC", "ICEi")
                .hasNoCause();
    }
}
