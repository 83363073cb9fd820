"""Fills the directory given with what is awkward: names, targets, times, modes, owners, attributes."""
import hashlib
import os
import stat
import sys

root = os.fsencode(sys.argv[1])


def path(name):
    return os.path.join(root, name)


def put(name, content=b"x", mode=0o644, mtime=1_600_000_000_123_456_789):
    with open(path(name), "wb") as f:
        f.write(content)
    os.chmod(path(name), mode)
    os.utime(path(name), ns=(mtime, mtime), follow_symlinks=False)


def noise(n):
    out, i = b"", 0
    while len(out) < n:
        out += hashlib.sha256(i.to_bytes(8, "big")).digest()
        i += 1
    return out[:n]


names = [b"plain", b" leading space", b"trailing space ", b"tab\there", b"line\nfeed", b"back\\slash", b'quo"te',
         b"html <&> three", b"bell\x07 bs\x08 ff\x0c vt\x0b cr\r esc\x1b del\x7f", "ção á é".encode(),
         b"latin1 \xe7\xe3o", b"\xff\xfe", b"\xed\xa0\x80 surrogate", b"\xc0\xaf overlong", b"cut \xf0\x9f\x98",
         "emoji \U0001f600 \U0001fae8".encode(), "nbsp\u00a0shy\u00ad".encode(), "sep\u2028\u2029".encode(),
         "private\ue000 \U000f0000".encode(), "fffd \ufffd".encode(), "unassigned \u0378".encode(),
         "rtl \u202e".encode(), b"'single'", b"\\x41 looks escaped", b"a" * 255, b"\xe9" * 255, b"@GMT-2020.01.01-00.00.00"]
for i, name in enumerate(names):
    put(name, b"content of %d\n" % i)
put(b"empty", b"")
put(b"noise", noise(3000))
put(b"text", b"the same words again and again\n" * 600)
put(b"setuid", mode=0o4755)
put(b"setgid", mode=0o2750)
put(b"no rights", mode=0o000)
put(b"time without fraction", mtime=1_600_000_000_000_000_000)
put(b"time with zeros", mtime=1_600_000_000_120_000_000)
put(b"time before 1970", mtime=-2_000_000_000_000_000_001)
put(b"time of the year 2400", mtime=13_569_465_600_000_000_007)
put(b"owned")
os.chown(path(b"owned"), 4294967294, 12345)
put(b"linked 1", b"two names")
os.link(path(b"linked 1"), path(b"linked 2"))
with open(path(b"sparse"), "wb") as f:
    f.truncate(int(sys.argv[2]))
os.utime(path(b"sparse"), ns=(0, 0))
put(b"attributes")
os.setxattr(path(b"attributes"), b"user.empty", b"")
os.setxattr(path(b"attributes"), b"user.binary", b"\x00\xff<&>")
os.setxattr(path(b"attributes"), "user.ação".encode(), b"v")
os.symlink(b"plain", path(b"link"))
os.symlink(b"raw \xff\xe9 target", path(b"link raw"))
os.symlink("\u2028 <&> \u00a0 á \x08".encode(), path(b"link odd"))
os.mkfifo(path(b"fifo"))
os.mknod(path(b"block"), 0o660 | stat.S_IFBLK, os.makedev(7, 300))
os.mknod(path(b"char"), 0o666 | stat.S_IFCHR, os.makedev(1, 3))
os.mkdir(path(b"dir"))
os.mkdir(path(b"dir/sticky"))
os.chmod(path(b"dir/sticky"), 0o1777)
os.mkdir(path(b"dir/empty"))
put(b"dir/deep", b"deep")
for d in (b"dir/sticky", b"dir/empty", b"dir"):
    os.utime(path(d), ns=(1, 1_500_000_000_000_000_100))
