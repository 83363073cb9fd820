package cofre.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void numbersAreUniqueOnEachSystem() {
        List<Errno> linux = new ArrayList<>();
        int freeBsd = 0;
        for (Errno errno : Errno.linuxTable()) {
            if (errno != null) {
                linux.add(errno);
            }
        }
        for (Errno errno : Errno.freeBsdTable()) {
            freeBsd += errno != null ? 1 : 0;
        }
        assertThat(linux).hasSize(Errno.values().length - 1).doesNotHaveDuplicates();
        assertThat(freeBsd).as("all but ENOKEY and OTHER").isEqualTo(Errno.values().length - 2);
    }

    @Test
    void agreesWithTheKernelsHeaders() throws Exception {
        Pattern definition = Pattern.compile("#define\\s+(E\\w+)\\s+(\\d+).*");
        int seen = 0;
        for (String header : List.of("errno-base.h", "errno.h")) {
            Path file = Path.of("/usr/include/asm-generic", header);
            org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(file), "needs the kernel's headers");
            for (String line : Files.readAllLines(file)) {
                Matcher m = definition.matcher(line);
                if (m.matches()) {
                    Errno ours = Errno.find(Errno.linuxTable(), Integer.parseInt(m.group(2)));
                    seen += ours == Errno.OTHER ? 0 : 1;
                    assertThat(ours.name()).isIn(m.group(1), "OTHER", "ENOATTR", "EINTEGRITY");
                }
            }
        }
        assertThat(seen).isEqualTo(Errno.values().length - 1);
    }
}
