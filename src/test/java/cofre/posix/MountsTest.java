package cofre.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MountsTest {
    private static final String[] MOUNTINFO = {
        "22 27 0:21 / /sys rw,nosuid shared:7 - sysfs sysfs rw",
        "122 27 0:50 / /tank/a\\040b/.zfs/snapshot/x ro,relatime shared:8 master:2 - zfs tank/a\\040b@x\\134\\011 ro,xattr",
        "123 27 0:51 / /mnt rw - tmpfs  rw",
        "124 27 0:51 / /broken rw",
    };

    @Test
    void findsTheSourceOfAMountByItsNumber() {
        assertThat(LinuxMounts.source(MOUNTINFO, "22")).contains("sysfs");
        assertThat(LinuxMounts.source(MOUNTINFO, "122")).contains("tank/a b@x\\\t");
        assertThat(LinuxMounts.source(MOUNTINFO, "123")).contains("");
        assertThat(LinuxMounts.source(MOUNTINFO, "124")).isEmpty();
        assertThat(LinuxMounts.source(MOUNTINFO, "2")).isEmpty();
        assertThat(LinuxMounts.source(new String[0], "22")).isEmpty();
    }

    @Test
    void readsFreeBsdsStatfs() {
        ByteBuffer image = ByteBuffer.allocate(2344 + 8);
        image.put(8 + 280, "zfs".getBytes(StandardCharsets.US_ASCII));
        image.put(8 + 296, "tank/obras@cofre-1".getBytes(StandardCharsets.US_ASCII));
        image.put(8 + 1320, "/tank/obras/.zfs/snapshot/cofre-1".getBytes(StandardCharsets.US_ASCII));

        assertThat(FreeBsdPlatform.mountSource(image, 8)).isEqualTo("tank/obras@cofre-1");
    }
}
