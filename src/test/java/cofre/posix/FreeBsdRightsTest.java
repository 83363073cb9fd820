package cofre.posix;

import static cofre.posix.PosixFixture.POSIX;
import static cofre.posix.PosixFixture.assertErrno;
import static cofre.posix.PosixFixture.directory;
import static cofre.posix.PosixFixture.make;
import static cofre.posix.PosixFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FreeBSD's library is asked for, and with what: by a stand-in for it, since no FreeBSD is here. */
class FreeBsdRightsTest {
    private static final LibC.Common C = LibraryLoader.create(LibC.Common.class).load("libc.so.6");

    @TempDir
    private Path temp;

    /** What was called, without descriptors and addresses. */
    private final List<String> called = new ArrayList<>();

    private byte[] kept = new byte[Nfs4Acls.SIZE];
    private long pathconf = 1;

    private LibC.FreeBsd library() {
        return (LibC.FreeBsd) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LibC.FreeBsd.class}, (proxy, method, args) -> {
                    Pointer memory = method.getName().startsWith("__acl")
                            ? Pointer.wrap(Runtime.getSystemRuntime(), (long) args[2])
                            : null;
                    return switch (method.getName()) {
                        case "fpathconf" -> told("fpathconf " + args[1], pathconf);
                        case "fchflags" -> told("fchflags " + args[1], 0);
                        case "chflagsat" -> told("chflagsat " + args[2] + " " + args[3], 0);
                        case "__acl_get_fd" -> {
                            int max = memory.getInt(0);
                            memory.put(0, kept, 0, kept.length);
                            yield told("get type " + args[1] + " max " + max, 0);
                        }
                        case "__acl_set_fd" -> {
                            memory.get(0, kept, 0, kept.length);
                            yield told("set type " + args[1] + " max " + memory.getInt(0), 0);
                        }
                        default -> throw new AssertionError(method);
                    };
                });
    }

    private Object told(String call, Object result) {
        called.add(call);
        return result;
    }

    private Nfs4Acls acls() {
        Calls calls = new Calls(C, new FreeBsdPlatform(library()));
        return new FreeBsdPlatform(library()).nfs4Acls(calls, POSIX.files());
    }

    @Test
    void asksForAListOfTheRightTypeAndSize() throws PosixException {
        byte[] image = new byte[Nfs4Acls.SIZE];
        Arrays.fill(image, 4, image.length, (byte) 0x5a);
        image[0] = (byte) 254;
        try (Fd dir = directory(temp)) {
            assertThat(acls().areKept()).isTrue();
            assertThat(acls().areKeptBy(dir)).isTrue();
            acls().set(dir, image);
            assertThat(acls().get(dir)).isEqualTo(image);
            make(dir, name("f"), (byte) 1);
            assertThat(acls().getAt(dir, name("f"))).isEqualTo(image);
        }
        assertThat(called)
                .containsExactly("fpathconf 64", "set type 4 max 254", "get type 4 max 254", "get type 4 max 254");
    }

    @Test
    void aFileSystemThatDoesNotKnowTheQuestionKeepsNone() throws PosixException {
        pathconf = -1;
        try (Fd dir = directory(temp)) {
            assertThat(acls().areKeptBy(dir)).isFalse();
            pathconf = 0;
            assertThat(acls().areKeptBy(dir)).isFalse();
        }
    }

    @Test
    void setsFlagsWithoutFollowingALink() throws PosixException {
        FlagSetter flags = new FreeBsdPlatform(library()).flags(new Calls(C, new FreeBsdPlatform(library())));
        try (Fd dir = directory(temp)) {
            flags.set(dir, 0x20000);
            flags.setAt(dir, name("x"), 2);
        }
        assertThat(flags.isOfUse()).isTrue();
        assertThat(called).containsExactly("fchflags 131072", "chflagsat 2 512");
    }

    @Test
    void otherSystemsHaveNeither() throws PosixException {
        try (Fd dir = directory(temp)) {
            assertThat(POSIX.flags().isOfUse()).isFalse();
            assertThat(POSIX.nfs4Acls().areKept()).isFalse();
            assertThat(POSIX.nfs4Acls().areKeptBy(dir)).isFalse();
            assertErrno(Errno.EOPNOTSUPP, () -> POSIX.flags().set(dir, 0));
            assertErrno(Errno.EOPNOTSUPP, () -> POSIX.nfs4Acls().get(dir));
            assertThat(POSIX.directories().stat(dir).flags()).isZero();
        }
    }
}
