package cofre.posix;

import static cofre.posix.PosixFixture.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import cofre.path.RawName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Images built here by the C declarations of FreeBSD 14's headers, member by member in their order. */
class FreeBsdPlatformTest {
    private final FreeBsdPlatform platform = new FreeBsdPlatform(null);

    private static ByteBuffer image(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] contents(ByteBuffer b) {
        byte[] all = new byte[b.capacity()];
        b.get(0, all);
        return all;
    }

    @Test
    void decodesStructStat() {
        ByteBuffer b = image(300).position(16);
        b.putLong(0x35d3c1de0b66d76fL).putLong(0xf234567890abcdefL).putLong(3);
        b.putShort((short) 0104755)
                .putShort((short) -1)
                .putInt(0xfffffffe)
                .putInt(1001)
                .putInt(-1);
        b.putLong(0x123456789abcL);
        b.putLong(-5).putLong(1);
        b.putLong(-6).putLong(999_999_999);
        b.putLong(1_700_000_000L).putLong(3);
        b.putLong(1_600_000_000L).putLong(4);
        b.putLong(1L << 40).putLong(77).putInt(131072).putInt(0x800).putLong(12).putLong(0);
        assertThat(b.position() - 16).isLessThanOrEqualTo(224);
        assertThat(platform.decodeStat(b, 16))
                .isEqualTo(new FileStat(
                        FileKind.FILE,
                        04755,
                        4_294_967_294L,
                        1001,
                        3,
                        0xf234567890abcdefL,
                        0x35d3c1de0b66d76fL,
                        0x123456789abcL,
                        1L << 40,
                        77,
                        -6,
                        999_999_999,
                        1_700_000_000L,
                        3,
                        -5,
                        1,
                        1_600_000_000L,
                        4,
                        0x800));
    }

    @Test
    void showsAnUnknownBirthTimeAsNone() {
        ByteBuffer b = image(224);
        b.putLong(96, -1);
        assertThat(platform.decodeStat(b, 0).birthSeconds()).isZero();
    }

    private static void entry(ByteBuffer b, long inode, int type, byte... name) {
        int length = (24 + name.length + 1 + 7) & ~7;
        int start = b.position();
        b.putLong(inode)
                .putLong(start + length)
                .putShort((short) length)
                .put((byte) type)
                .put((byte) 0);
        b.putShort((short) name.length).putShort((short) 0).put(name);
        b.position(start + length);
    }

    @Test
    void decodesDirectoryEntries() throws PosixException {
        ByteBuffer b = image(512);
        entry(b, 2, 4, (byte) '.');
        entry(b, 3, 4, (byte) '.', (byte) '.');
        entry(b, 0, 8, (byte) 'd', (byte) 'e', (byte) 'l');
        entry(b, -2, 10, (byte) 0xff, (byte) '\n');
        int end = b.position();
        DirentFormat format = platform.direntFormat();
        int shown = 0;
        for (int at = 0; at < end; ) {
            int length = format.length(b, at, end, "test");
            int nameLength = format.nameLength(b, at, length);
            if (format.isShown(b, at, nameLength)) {
                shown++;
                assertThat(format.name(contents(b), at, nameLength, "test"))
                        .isEqualTo(RawName.of(new byte[] {(byte) 0xff, '\n'}));
                assertThat(format.inode(b, at)).isEqualTo(-2);
                assertThat(format.kind(b, at)).isEqualTo(FileKind.SYMLINK);
            }
            at += length;
        }
        assertThat(shown).isEqualTo(1);
    }

    @Test
    void refusesEntriesThatLieBeyondTheBatch() {
        ByteBuffer b = image(64);
        entry(b, 5, 8, (byte) 'a');
        DirentFormat format = platform.direntFormat();
        assertErrno(Errno.EIO, () -> format.length(b, 0, 31, "test"));
        assertErrno(Errno.EIO, () -> format.length(b, 0, 10, "test"));
        b.putShort(16, (short) 0);
        assertErrno(Errno.EIO, () -> format.length(b, 0, 32, "test"));
        assertErrno(Errno.EIO, () -> format.name("a/b".getBytes(StandardCharsets.US_ASCII), -24, 3, "test"));
    }

    @Test
    void decodesStructStatfs() {
        ByteBuffer b = image(2400);
        b.putInt(0x20140518).putInt(0xde).putLong(1 | 0x1000).putLong(512).putLong(131072);
        b.putLong(1000).putLong(600).putLong(500).putLong(400).putLong(300);
        b.position(b.position() + 4 * 8 + 10 * 8);
        b.putInt(255).putInt(0).putInt(0x1234).putInt(0x5678);
        b.position(b.position() + 80);
        b.put("zfs".getBytes(StandardCharsets.US_ASCII));
        FileSystemInfo info = platform.decodeFileSystem(b, 0);
        assertThat(info).isEqualTo(new FileSystemInfo("zfs", 512_000, 256_000, 300, 0x567800001234L, true));
        assertThat(info.isZfs()).isTrue();
        b.putLong(48, -1);
        assertThat(platform.decodeFileSystem(b, 0).availableBytes()).isZero();
    }

    @Test
    void mapsFlagsAndErrors() {
        assertThat(platform.openBits(OpenFlags.READ)).isEqualTo(0x100000);
        assertThat(platform.openBits(OpenFlags.REAL_DIRECTORY)).isEqualTo(0x100000 | 0x20000 | 0x100);
        assertThat(platform.openBits(OpenFlags.NEW_FILE)).isEqualTo(0x100000 | 2 | 0x200 | 0x800 | 0x100);
        assertThat(platform.openBits(OpenFlags.SOURCE_FILE)).isEqualTo(0x100000 | 0x100 | 4);
        assertThat(platform.errno(35)).isEqualTo(Errno.EAGAIN);
        assertThat(platform.errno(11)).isEqualTo(Errno.EDEADLK);
        assertThat(platform.errno(87)).isEqualTo(Errno.ENOATTR);
        assertThat(platform.errno(97)).isEqualTo(Errno.EINTEGRITY);
        assertThat(platform.errno(9999)).isEqualTo(Errno.OTHER);
        assertThat(platform.errno(-1)).isEqualTo(Errno.OTHER);
    }

    @Test
    void writesASocketsAddressWithItsLength() {
        ByteBuffer b = image(128);
        assertThat(platform.encodeAddress(new byte[] {'/', 'a'}, b, 0)).isEqualTo(5);
        assertThat(contents(b)).startsWith(5, 1, '/', 'a', 0);
    }
}
