package cofre.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofre.acl.Control;
import cofre.acl.PosixAcl;
import cofre.acl.Rights;
import cofre.browse.LiveShare;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.OpenFlags;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.XattrName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRightsTest {
    private static final Posix POSIX = Posix.load(System::nanoTime);

    /** user::rw-, user:1:r--, group::r--, mask::r--, other::--- */
    private static final byte[] LIST = HexFormat.of()
            .parseHex("02000000" + "01000600ffffffff" + "0200040001000000" + "04000400ffffffff" + "10000400ffffffff"
                    + "20000000ffffffff");

    @TempDir
    private Path share;

    private LiveRights live;

    @BeforeEach
    void aShare() throws IOException {
        Files.createDirectories(share.resolve("a/b"));
        Files.writeString(share.resolve("a/b/file"), "x");
        mode("a", "rwx--x---");
        mode("a/b/file", "rw-r-----");
        Files.createSymbolicLink(share.resolve("link"), share.resolve("a"));
        live = new LiveRights(POSIX, name -> name.equals("both") ? Optional.of(root()) : Optional.empty());
    }

    @Test
    void theWholeWayIsTold() throws IOException {
        List<Rights> rights = live.way("both", RawPath.ofDisplay("/a/b/file")).rights();
        assertThat(rights).hasSize(4);
        assertThat(rights.get(1).mode()).isEqualTo(0710);
        assertThat(rights.get(3).mode()).isEqualTo(0640);
        assertThat(rights.get(3).isDirectory()).isFalse();
        assertThat(rights.get(2).isDirectory()).isTrue();
        assertThat(rights.get(3).control()).isEqualTo(Control.MODE_ONLY);
    }

    @Test
    void itEndsWhereNothingIsAnyMore() throws IOException {
        assertThat(live.way("both", RawPath.ofDisplay("/a/gone/file")).rights()).hasSize(2);
        assertThat(live.way("both", RawPath.ofDisplay("/a/b/file/below")).rights())
                .as("a file has nothing below it")
                .hasSize(3);
        assertThat(live.way("both", RawPath.ROOT).rights()).hasSize(1);
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        assertThat(live.way("both", RawPath.ofDisplay("/link/b")).rights()).hasSize(1);
        assertThat(live.way("both", RawPath.ofDisplay("/link")).rights()).hasSize(2);
    }

    @Test
    void listsAreTold() throws Exception {
        set("a/b/file", LIST);
        Rights rights =
                live.way("both", RawPath.ofDisplay("/a/b/file")).rights().get(3);
        assertThat(rights.control()).isEqualTo(new Control.Posix(PosixAcl.ofXattr(LIST)));
    }

    @Test
    void onlyConfiguredSharesCount() {
        assertThat(live.counts("both")).isTrue();
        assertThat(live.counts("other")).isFalse();
        assertThatThrownBy(() -> live.way("other", RawPath.ROOT)).isInstanceOf(IOException.class);
    }

    @Test
    void aShareThatIsNotThereIsAnError() throws IOException {
        LiveShare gone = new LiveRights(POSIX, name -> Optional.of(RawPath.ofDisplay("/nothing/here")));
        assertThatThrownBy(() -> gone.way("x", RawPath.ROOT)).isInstanceOf(PosixException.class);
    }

    private void set(String file, byte[] list) throws PosixException {
        byte[] path = share.resolve(file).toString().getBytes(StandardCharsets.UTF_8);
        try (Fd fd = POSIX.files().open(path, OpenFlags.READ)) {
            POSIX.xattrs().set(fd, XattrName.ofText("system.posix_acl_access"), list);
        } catch (PosixException e) {
            Assumptions.abort("no POSIX lists here: " + e.getMessage());
        }
    }

    private void mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(share.resolve(path), PosixFilePermissions.fromString(mode));
    }

    private RawPath root() {
        return RawPath.of(share.toString().getBytes(StandardCharsets.UTF_8));
    }
}
