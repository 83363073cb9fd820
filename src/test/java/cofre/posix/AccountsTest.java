package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final Accounts ACCOUNTS = POSIX.accounts();

    @Test
    void agreesWithTheSystemsFiles() throws Exception {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":", -1);
            assertThat(ACCOUNTS.userId(fields[0])).hasValue(Long.parseLong(fields[2]));
            assertThat(ACCOUNTS.userName(Long.parseLong(fields[2]))).isPresent();
        }
        for (String line : Files.readAllLines(Path.of("/etc/group"))) {
            String[] fields = line.split(":", -1);
            assertThat(ACCOUNTS.groupId(fields[0])).hasValue(Long.parseLong(fields[2]));
        }
        assertThat(ACCOUNTS.userName(0)).hasValue("root");
        assertThat(ACCOUNTS.groupName(0)).hasValue("root");
    }

    @Test
    void knowsNobodyByNumbersAndNamesThatAreNone() {
        assertThat(ACCOUNTS.userName(3_999_999_999L)).isEmpty();
        assertThat(ACCOUNTS.groupName(3_999_999_999L)).isEmpty();
        assertThat(ACCOUNTS.userId("no such user")).isEmpty();
        assertThat(ACCOUNTS.groupId("")).isEmpty();
        assertThat(ACCOUNTS.groupId("a\0b")).isEmpty();
        assertThat(ACCOUNTS.groupsOf(3_999_999_999L)).isEmpty();
    }

    @Test
    void listsTheGroupsThatIdPrints() throws Exception {
        for (String user : List.of("root", "daemon", "mail")) {
            Process id = new ProcessBuilder("/usr/bin/id", "-G", user).start();
            Set<Long> expected = new TreeSet<>();
            for (String number : new String(
                            id.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1)) {
                expected.add(Long.parseLong(number));
            }
            assertThat(new TreeSet<>(ACCOUNTS.groupsOf(ACCOUNTS.userId(user).orElseThrow())))
                    .isEqualTo(expected);
        }
    }

    @Test
    void remembersANameForAWhileOnly() {
        long[] now = {0};
        List<Long> asked = new ArrayList<>();
        NameCache cache = new NameCache(() -> now[0], id -> {
            asked.add(id);
            return id == 1 ? Optional.of("one") : Optional.empty();
        });
        assertThat(cache.get(1)).hasValue("one");
        assertThat(cache.get(2)).isEmpty();
        assertThat(cache.get(1)).hasValue("one");
        assertThat(cache.get(2)).isEmpty();
        assertThat(asked).containsExactly(1L, 2L);
        now[0] += NameCache.LIFE_NANOS;
        assertThat(cache.get(2)).isEmpty();
        assertThat(asked).containsExactly(1L, 2L, 2L);
    }

    @Test
    void forgetsTheLeastUsedNameFirst() {
        List<Long> asked = new ArrayList<>();
        NameCache cache = new NameCache(() -> 0, id -> {
            asked.add(id);
            return Optional.empty();
        });
        for (long id = 0; id < NameCache.CAPACITY; id++) {
            cache.get(id);
        }
        cache.get(0);
        cache.get(-1);
        asked.clear();
        cache.get(0);
        assertThat(asked).isEmpty();
        cache.get(1);
        assertThat(asked).containsExactly(1L);
    }
}
