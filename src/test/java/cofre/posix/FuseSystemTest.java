package cofre.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What does not need a mount; FreeBSD's by the declarations of its headers. */
class FuseSystemTest {
    private final FuseSystem linux = new LinuxFuse(null, null, null);
    private final FuseSystem freeBsd = new FreeBsdFuse(null, null, null);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void linuxOptionsNameTheDevice() {
        assertThat(LinuxFuse.data(9, new FuseSystem.Options(true, 1048576)))
                .isEqualTo("fd=9,rootmode=40000,user_id=0,group_id=0,allow_other,max_read=1048576,default_permissions");
        assertThat(LinuxFuse.data(9, new FuseSystem.Options(false, 4096))).endsWith("allow_other,max_read=4096");
    }

    @Test
    void freeBsdOptionsAreAnArrayOfAddressesAndLengths() {
        MountVector vector = FreeBsdFuse.vector(9, ascii("/var/db/v"), new FuseSystem.Options(false, 65536));
        ByteBuffer b = vector.direct();
        long base = 0x7f00_0000_1000L;
        vector.write(b, base);
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < vector.count(); i++) {
            byte[] string = new byte[(int) b.getLong(i * 16 + 8)];
            b.get((int) (b.getLong(i * 16) - base), string);
            strings.add(new String(string, StandardCharsets.US_ASCII));
        }
        assertThat(strings)
                .containsExactly(
                        "fstype\0",
                        "fusefs\0",
                        "fspath\0",
                        "/var/db/v\0",
                        "from\0",
                        "/dev/fuse\0",
                        "fd\0",
                        "9\0",
                        "allow_other\0",
                        "\0",
                        "max_read=\0",
                        "65536\0",
                        "subtype=\0",
                        "cofre\0");
        assertThat(FreeBsdFuse.vector(9, ascii("/v"), new FuseSystem.Options(true, 1))
                        .count())
                .isEqualTo(16);
    }

    @Test
    void errnosAreNumberedAsEachSystemDoes() {
        assertThat(linux.number(Errno.ENOATTR)).isEqualTo(61);
        assertThat(freeBsd.number(Errno.ENOATTR)).isEqualTo(87);
        assertThat(linux.number(Errno.ENOSYS)).isEqualTo(38);
        assertThat(freeBsd.number(Errno.ENOSYS)).isEqualTo(78);
        assertThat(linux.number(Errno.ESTALE)).isEqualTo(116);
        assertThat(freeBsd.number(Errno.ESTALE)).isEqualTo(70);
        assertThat(freeBsd.number(Errno.EAGAIN)).isEqualTo(35);
        assertThat(freeBsd.number(Errno.ENOKEY)).as("no such number: EIO").isEqualTo(5);
    }

    @Test
    void devicesOfLinuxAreFoldedInto32Bits() {
        assertThat(linux.deviceBits(0x801)).isEqualTo(0x801);
        // makedev(259, 300), makedev(0xfff, 0xfffff)
        assertThat(linux.deviceBits(0x11032cL)).isEqualTo((300 & 0xff) | (259 << 8) | ((300 & ~0xff) << 12));
        assertThat(linux.deviceBits(LinuxPlatform.device(0xfff, 0xfffff))).isEqualTo(-1);
    }

    @Test
    void rightsOfALinuxThreadAreThoseForFiles() {
        String status =
                "Name:\tsmbd\nUid:\t0\t1001\t0\t1002\nGid:\t0\t2001\t0\t2002\nGroups:\t10 4294967294 \nVmPeak:\t1 kB\n";
        assertThat(LinuxFuse.parse(status)).contains(new Credentials(1002, 2002, Set.of(10L, 4_294_967_294L)));
        assertThat(LinuxFuse.parse("Uid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\nGroups:\t\n"))
                .contains(new Credentials(1, 1, Set.of()));
        assertThat(LinuxFuse.parse("Uid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\n")).isEmpty();
        assertThat(LinuxFuse.parse("Uid:\t1\nGid:\t1\nGroups:\t\n")).isEmpty();
        assertThat(linux.credentials(0)).isEmpty();
        assertThat(linux.credentials(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void ownRightsAreFound() {
        Posix posix = PosixFixture.POSIX;
        Optional<Credentials> own = posix.fuse().credentials(posix.process().pid());
        assertThat(own).isPresent();
        assertThat(own.get().uid()).isEqualTo(posix.process().uid());
        assertThat(own.get().gid()).isEqualTo(posix.process().gid());
    }

    @Test
    void structureOfAFreeBsdProcessThatIsNotKnownTellsNothing() {
        ByteBuffer b = ByteBuffer.allocate(64 + 1200).order(ByteOrder.nativeOrder());
        b.putInt(64, 1088).putInt(64 + 72, 77).putInt(64 + 168, 1001).putInt(64 + 192, 2001);
        Set<Long> groups = Set.of(2001L, 3L);
        assertThat(FreeBsdFuse.decode(b, 1088, 77, groups)).contains(new Credentials(1001, 2001, groups));
        assertThat(FreeBsdFuse.decode(b, 1096, 77, groups)).isEmpty();
        assertThat(FreeBsdFuse.decode(b, 1088, 78, groups)).isEmpty();
        assertThat(FreeBsdFuse.decode(b, -1, 77, groups)).isEmpty();
    }

    @Test
    void parentsOfPaths() {
        assertThat(LinuxFuse.parent(ascii("/a/b"))).isEqualTo(ascii("/a"));
        assertThat(LinuxFuse.parent(ascii("/a"))).isEqualTo(ascii("/"));
    }

    @Test
    void kindOfAMountStandsInItsLine() {
        String[] lines = {
            "36 35 98:0 / / rw,noatime - ext4 /dev/root rw",
            "61 36 0:55 / /v ro,nosuid,nodev,noexec,relatime,nosymfollow shared:1 - fuse.cofre cofre ro,user_id=0"
        };
        LinuxMounts.Kind kind = LinuxMounts.kind(lines, "61").orElseThrow();
        assertThat(kind.device()).isEqualTo("0:55");
        assertThat(kind.type()).isEqualTo("fuse.cofre");
        assertThat(kind.options()).contains("nosymfollow", "ro");
        assertThat(LinuxMounts.kind(lines, "6")).isEmpty();
    }

    @Test
    void ordinaryDirectoryIsOccupiedByNothing() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        FuseSystem system = PosixFixture.POSIX.fuse();
        assertThat(system.occupant(ascii("/usr/bin"))).isEqualTo(FuseSystem.Occupant.NOTHING);
        assertThat(system.occupant(ascii("/proc"))).isEqualTo(FuseSystem.Occupant.OTHER);
    }
}
