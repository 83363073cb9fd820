package cofre.server;

import static cofre.server.TestClient.bytes;
import static cofre.server.TestClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random sequences of requests against a model of twenty lines: what was stored stays as it was stored. */
class AppendOnlyModelTest {
    private static final List<byte[]> CONTENTS = List.of(bytes(""), bytes("a"), bytes("bb"), bytes("ccc"));

    @TempDir
    Path folder;

    private final Map<String, byte[]> model = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "false, 3"})
    void answersAsTheModelDoes(boolean appendOnly, long seed) throws Exception {
        ServerSetup setup = appendOnly ? ServerSetup.open().withAppendOnly() : ServerSetup.open();
        try (OwnServer server = OwnServer.start(setup, folder, folder)) {
            TestClient client = new TestClient(server.address());
            client.post("/r/?create=true", null);
            Random random = new Random(seed);
            for (int i = 0; i < 1500; i++) {
                step(client, random, appendOnly);
            }
            for (Map.Entry<String, byte[]> stored : model.entrySet()) {
                assertThat(client.get(stored.getKey()).body()).isEqualTo(stored.getValue());
            }
        }
    }

    private void step(TestClient client, Random random, boolean appendOnly) throws Exception {
        String type =
                List.of("config", "data", "index", "keys", "locks", "snapshots").get(random.nextInt(6));
        byte[] named = CONTENTS.get(random.nextInt(CONTENTS.size()));
        byte[] sent = random.nextInt(4) == 0 ? CONTENTS.get(random.nextInt(CONTENTS.size())) : named;
        boolean config = type.equals("config");
        String path = config ? "/r/config" : "/r/" + type + "/" + id(named);
        int expected;
        int actual;
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                boolean rightHash = config || sent == named;
                expected = model.containsKey(path) ? 403 : rightHash ? 200 : 400;
                actual = client.post(path, sent).status();
                if (expected == 200) {
                    model.put(path, sent);
                }
            }
            case 2 -> {
                boolean forbidden = appendOnly && !type.equals("locks");
                expected = forbidden ? 403 : 200;
                actual = client.delete(path).status();
                if (!forbidden) {
                    model.remove(path);
                }
            }
            case 3 -> {
                expected = model.containsKey(path) ? 200 : 404;
                actual = client.head(path).status();
            }
            default -> {
                expected = 405;
                actual = client.send("PUT", path, sent).status();
            }
        }
        assertThat(actual).as(path).isEqualTo(expected);
    }
}
