package cofre.posix;

import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.oddNames;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service gets no locale; the JDK's own file names are then broken, ours must not be. */
class BareLocaleTest {
    @TempDir
    private Path temp;

    /** Lists a directory and prints each name in hex with its size, opened by that name. */
    public static final class Lister {
        private Lister() {}

        public static void main(String[] arguments) throws PosixException {
            Posix posix = Posix.load(System::nanoTime);
            try (Fd dir =
                    posix.files().open(arguments[0].getBytes(StandardCharsets.US_ASCII), OpenFlags.REAL_DIRECTORY)) {
                for (RawDirEntry entry : posix.directories().list(dir)) {
                    try (Fd file = posix.files().openAt(dir, entry.name(), OpenFlags.SOURCE_FILE)) {
                        System.out.println(HexFormat.of().formatHex(entry.name().bytes()) + " "
                                + posix.directories().stat(file).size());
                    }
                }
            }
        }
    }

    @Test
    void listsAndOpensEveryNameUnderLocaleC() throws Exception {
        try (Fd dir = directory(temp)) {
            for (RawName odd : oddNames()) {
                make(dir, odd, new byte[odd.length()]);
            }
        }
        String output = ChildJvm.run("C", Lister.class, temp.toString());
        assertThat(output.lines().collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(oddNames().stream()
                        .map(n -> HexFormat.of().formatHex(n.bytes()) + " " + n.length())
                        .toList());
    }
}
