package cofre.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this room share: one binding, names that break naive code, and short ways to say things. */
final class PosixFixture {
    static final Posix POSIX = Posix.load(System::nanoTime);

    private PosixFixture() {}

    static RawName name(String text) {
        return RawName.ofText(text);
    }

    static RawName name(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return RawName.of(raw);
    }

    /** Names as users of a share make them, and worse. */
    static List<RawName> oddNames() {
        return List.of(
                name("plain"),
                name(" leading and trailing "),
                name("new\nline"),
                name("tab\tand\\backslash"),
                name("ção-á-é"),
                name("emoji-\uD83D\uDE00"),
                name('l', 'a', 't', 'i', 'n', '-', 0xe9),
                name(0xff, 0xfe),
                name(0xed, 0xa0, 0x80),
                name("-rf"),
                name("..."),
                name("x".repeat(255)),
                name("%s%n\u0001"));
    }

    static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Fd directory(Path path) throws PosixException {
        return POSIX.files().open(bytes(path), OpenFlags.REAL_DIRECTORY);
    }

    /** Makes a file of these bytes. */
    static void make(Fd dir, RawName name, byte... content) throws PosixException {
        try (Fd file = POSIX.files().openAt(dir, name, OpenFlags.NEW_FILE, 0644)) {
            POSIX.files().write(file, content, 0, content.length);
        }
    }

    static void assertErrno(Errno errno, ThrowingCallable call) {
        PosixException e = catchThrowableOfType(PosixException.class, call);
        assertThat(e).as("a complaint of " + errno).isNotNull();
        assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno);
    }

    /** Descriptors this process has open. */
    static long openDescriptors() throws java.io.IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    static boolean isRoot() {
        return POSIX.process().uid() == 0;
    }
}
