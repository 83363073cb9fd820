#!/usr/bin/env python3
"""awkward_tree.py DIR: makes a tree that holds what backup programs get wrong.

Always the same tree, byte for byte and to the nanosecond, so that it can be made twice and compared. Runs on
Linux and FreeBSD with Python 3.7 or later and nothing else. What the file system or the user's rights do not
allow (device nodes and other owners without root, extended attributes, names that are not UTF-8) is left out and
said on stderr; --strict makes that an error, for places where everything must be possible.

awkward_tree.py --change DIR changes such a tree as a day's work would: see change().
"""

import argparse
import hashlib
import os
import stat
import struct
import sys

MIB = 1 << 20
SECOND = 10**9


class Maker:
    """Makes things below one directory, by raw byte names; remembers what was not possible."""

    def __init__(self, top):
        self.top = os.fsencode(top)
        self.missing = []

    def path(self, name):
        return os.path.join(self.top, name)

    def possible(self, what, action):
        try:
            action()
            return True
        except OSError as e:
            self.missing.append("%s: %s" % (what, e.strerror))
            return False

    def file(self, name, content=b"", mode=0o644, mtime=None):
        with open(self.path(name), "wb") as f:
            f.write(content)
        os.chmod(self.path(name), mode)
        self.time(name, mtime)

    def time(self, name, mtime=None):
        """Nanoseconds since 1970. Default: a time made from the name, with odd nanoseconds."""
        if mtime is None:
            digest = hashlib.sha256(name).digest()
            mtime = (1500000000 + int.from_bytes(digest[:3], "big")) * SECOND + int.from_bytes(digest[3:6], "big") * 59
        os.utime(self.path(name), ns=(mtime, mtime), follow_symlinks=False)

    def attribute(self, name, key, value):
        """One user extended attribute; it changes ctime, not mtime."""
        if not hasattr(os, "setxattr"):
            self.missing.append("extended attribute %r: this Python has no setxattr" % key)
            return
        self.possible("extended attribute %r" % key, lambda: os.setxattr(self.path(name), b"user." + key, value))


def random_bytes(seed, length):
    """Incompressible but always the same: SHAKE-256 of the seed."""
    return hashlib.shake_256(seed).digest(length)


NAMES = [
    b"plain",
    b" leading space",
    b"trailing space ",
    b"trailing dot.",
    b"two  spaces",
    b"line\nbreak",
    b"tab\there",
    b"carriage\rreturn",
    b"back\\slash",
    b"back\\0040slash and digits",  # what zfs diff would print for a space
    b"quote'single",
    b'quote"double',
    b"dollar$(false)`false`",
    b"star*question?[bracket]",
    b"percent%20%41",
    b"-rf",
    b"--help",
    b".hidden",
    b"..two dots first",
    b"~tilde",
    b"#hash#",
    b"semi;colon&pipe|less<more>",
    b"colon:stream",  # NTFS stream syntax
    b"CON",  # reserved by Windows
    b"upper-lower",
    b"UPPER-LOWER",  # differs by case only
    "álgebra à çedilha ñ ü".encode(),
    "á composed".encode(),
    "a\u0301 composed".encode(),  # the same to the eye, another name: NFC and NFD must not be merged
    "\U0001f5c4 cabinet \U0001f468\u200d\U0001f469\u200d\U0001f467".encode(),  # emoji with joiners
    "日本語 العربية עברית".encode(),
    "\u202ereversed".encode(),
    b"control \x01\x1b[31m\x7f",
    b"n" * 255,  # NAME_MAX
    "\U0001f4be".encode() * 63 + b"abc",  # 255 bytes, 66 characters
]
NOT_UTF8 = [b"\xff\xfe", b"latin1 caf\xe9", b"cut \xf0\x9f\x97", b"overlong \xc0\xaf", b"surrogate \xed\xa0\x80"]


def names(m):
    os.mkdir(m.path(b"names"))
    for name in NAMES:
        m.file(b"names/" + name, b"content of " + name + b"\n")
    for name in NOT_UTF8:  # a pool with utf8only=on, or a Mac, refuses these
        m.possible("name %r" % name, lambda: m.file(b"names/" + name, b"content of " + name + b"\n"))
    deep = b"names"
    for part in [b"dir \xc3\xa7", b"line\nbreak dir", b"back\\slash dir", b"tab\tdir"]:
        deep += b"/" + part
        os.mkdir(m.path(deep))
    m.file(deep + b"/at the bottom", b"deep\n")


def contents(m):
    os.mkdir(m.path(b"contents"))
    m.file(b"contents/empty")
    m.file(b"contents/one byte", b"x")
    m.file(b"contents/random 5 MiB", random_bytes(b"cofre", 5 * MIB))
    m.file(b"contents/random 5 MiB copy", random_bytes(b"cofre", 5 * MIB))
    m.file(b"contents/zeros 3 MiB", bytes(3 * MIB))  # all data: may not become a hole in content, may on disk
    m.file(b"contents/text", b"".join(b"line %d of a text that compresses\n" % i for i in range(40000)))
    for size in (4095, 4096, 4097, 512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1, 131072, 131073):
        m.file(b"contents/size %d" % size, random_bytes(b"size", size))
    os.mkdir(m.path(b"contents/empty dir"))
    os.mkdir(m.path(b"contents/many"))
    for i in range(300):  # more than one directory read returns
        m.file(b"contents/many/%03d" % i, b"%d\n" % i)


def sparse(m):
    os.mkdir(m.path(b"sparse"))
    data = random_bytes(b"sparse", 256 * 1024)
    for name, offsets, size in [
        (b"hole at both ends", [8 * MIB], 16 * MIB),
        (b"only a hole", [], 12 * MIB),
        (b"hole in the middle", [0, 6 * MIB], 6 * MIB + len(data)),
        (b"odd length", [MIB], 4 * MIB + 12345),
    ]:
        with open(m.path(b"sparse/" + name), "wb") as f:
            for offset in offsets:
                f.seek(offset)
                f.write(data)
            f.truncate(size)
        m.time(b"sparse/" + name)


def links(m):
    os.mkdir(m.path(b"links"))
    os.mkdir(m.path(b"links/other"))
    m.file(b"links/hard a", b"one file, three names\n", 0o640)
    os.link(m.path(b"links/hard a"), m.path(b"links/hard b"))
    os.link(m.path(b"links/hard a"), m.path(b"links/other/hard \xc3\xa7"))
    m.file(b"links/pair 1", random_bytes(b"pair", 300000))
    os.link(m.path(b"links/pair 1"), m.path(b"links/other/pair 2"))
    m.file(b"links/equal content, not linked", b"one file, three names\n")
    for name, target in [
        (b"to file", b"hard a"),
        (b"to dir", b"other"),
        (b"dangling", b"does not exist"),
        (b"absolute", b"/etc/hostname"),
        (b"upwards", b"../contents/one byte"),
        (b"to itself", b"to itself"),
        (b"with line break", b"new\nline"),
        (b"not utf-8", b"caf\xe9 \xff"),
        (b"long", b"t/" * 500 + b"end"),  # 1003 bytes: FreeBSD allows 1023
        (b"to root", b"/"),
    ]:
        name = b"links/" + name
        if m.possible("link target %r" % target[:40], lambda: os.symlink(target, m.path(name))):
            m.time(name)


def special(m):
    os.mkdir(m.path(b"special"))
    os.mkfifo(m.path(b"special/fifo"), 0o620)
    m.time(b"special/fifo")
    for name, kind, device in [
        (b"char 1,3", stat.S_IFCHR, os.makedev(1, 3)),
        (b"char big minor", stat.S_IFCHR, os.makedev(250, 70000)),
        (b"block 7,0", stat.S_IFBLK, os.makedev(7, 0)),
    ]:
        name = b"special/" + name
        if m.possible("device node %r" % name, lambda: os.mknod(m.path(name), kind | 0o600, device)):
            m.time(name)


def modes(m):
    os.mkdir(m.path(b"modes"))
    for mode in (0o000, 0o400, 0o444, 0o600, 0o666, 0o755, 0o777, 0o4755, 0o2755, 0o6711, 0o1644):
        if mode == 0 and os.geteuid() != 0:
            m.missing.append("file of mode 0000: its owner could not read it back")
            continue
        m.file(b"modes/file %04o" % mode, b"%04o\n" % mode)
    for mode in (0o555, 0o700, 0o1777, 0o2775, 0o3770):
        os.mkdir(m.path(b"modes/dir %04o" % mode))
        m.file(b"modes/dir %04o/inside" % mode, b"inside\n")
    for uid, gid in ((1000, 1000), (65534, 65534), (4000000000, 3000000001)):  # the last: beyond 31 bits
        name = b"modes/owner %d %d" % (uid, gid)
        m.file(name, b"owned\n")
        m.possible("owner %d" % uid, lambda: os.chown(m.path(name), uid, gid))
        m.time(name)
    if m.possible("owner of a link", lambda: os.symlink(b"plain", m.path(b"modes/owned link"))):
        m.possible("owner of a link", lambda: os.lchown(m.path(b"modes/owned link"), 1000, 1000))
        m.time(b"modes/owned link")


def final_modes(m):
    """Modes last: a read-only directory could not be filled, and chown clears setuid."""
    for name in os.listdir(m.path(b"modes")):
        if name.startswith((b"file ", b"dir ")):
            # BSD lets only root set the sticky bit of a file
            m.possible("mode of %r" % name, lambda: os.chmod(m.path(b"modes/" + name), int(name.split(b" ")[1], 8)))


def times(m):
    os.mkdir(m.path(b"times"))
    for name, ns in [
        (b"epoch", 0),
        (b"one ns", 1),
        (b"last ns of a second", 1234567890 * SECOND + 999999999),
        (b"before 1970", -1 * SECOND),
        (b"before 1970, odd ns", -86400 * 365 * 5 * SECOND + 123456789),
        (b"1910", -1893456000 * SECOND + 1),
        (b"2037", 2140000000 * SECOND + 7),
        (b"after 2038", 2**31 * SECOND + 5),
        (b"2200", 7258118400 * SECOND + 3),
    ]:
        m.file(b"times/" + name, name + b"\n")
        m.possible("time %r" % name, lambda: m.time(b"times/" + name, ns))


def attributes(m):
    os.mkdir(m.path(b"xattrs"))
    for name, pairs in [
        (b"text", {b"comment": b"hello"}),
        (b"binary", {b"binary": bytes(range(256))}),
        (b"empty value", {b"empty": b""}),
        (b"several", {b"a": b"1", b"b": b"2", b"dotted.name.with.parts": b"3", "não-ascii ç".encode(): b"4"}),
        (b"large", {b"large": random_bytes(b"xattr", 3000)}),  # ext4 keeps less than 4 KiB in all
    ]:
        m.file(b"xattrs/" + name, name + b"\n")
        for key, value in pairs.items():
            m.attribute(b"xattrs/" + name, key, value)
        m.time(b"xattrs/" + name)
    os.mkdir(m.path(b"xattrs/dir"))
    m.attribute(b"xattrs/dir", b"on.a.dir", b"\x00\x01")


def access_lists(m):
    """POSIX ACLs as Linux keeps them: little-endian version 2, then (tag, permission bits, id) per entry."""
    owner, user, group, mask, other, nobody = 1, 2, 4, 16, 32, 2**32 - 1

    def acl(*rows):
        return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *row) for row in rows)

    def put(name, key, value):
        if not hasattr(os, "setxattr"):
            m.missing.append("access list: this Python has no setxattr")
        else:
            m.possible("access list", lambda: os.setxattr(m.path(name), key, value))

    os.mkdir(m.path(b"acls"))
    os.mkdir(m.path(b"acls/dir"))
    m.file(b"acls/denied", b"user 1001 may not read this, the others may\n", 0o644)
    rows = [(owner, 6, nobody), (user, 0, 1001), (group, 4, nobody), (mask, 4, nobody), (other, 4, nobody)]
    put(b"acls/denied", b"system.posix_acl_access", acl(*rows))
    put(b"acls/dir", b"system.posix_acl_default", acl(*rows))
    m.time(b"acls/denied")


def settle(m):
    """Directory times last and from the bottom: making anything inside changes them."""
    for directory, _, _ in os.walk(m.top, topdown=False):
        name = os.path.relpath(directory, m.top)
        m.time(name) if name != b"." else m.time(b".", 1111111111 * SECOND + 111111111)


def make(top):
    os.makedirs(top, exist_ok=True)
    if os.listdir(top):
        sys.exit("cannot make the tree in %s: it is not empty; give an empty directory" % top)
    m = Maker(top)
    for part in (names, contents, sparse, links, special, modes, times, attributes, access_lists, final_modes, settle):
        part(m)
    return m


def change(top):
    """Changes of every kind: content in the middle, same size and time, grown, shrunk, removed, renamed (a file, a
    directory, a swap), replaced by another type, a new link, only a mode, only a time, only an attribute."""
    m = Maker(top)
    with open(m.path(b"contents/random 5 MiB"), "r+b") as f:
        f.seek(2 * MIB)
        f.write(b"changed in the middle")
    times_of = os.lstat(m.path(b"contents/size 4096"))
    with open(m.path(b"contents/size 4096"), "r+b") as f:
        f.write(b"same size, same mtime")
    os.utime(m.path(b"contents/size 4096"), ns=(times_of.st_atime_ns, times_of.st_mtime_ns))
    with open(m.path(b"contents/text"), "ab") as f:
        f.write(b"one more line\n")
    os.truncate(m.path(b"contents/size 131073"), 1000)
    with open(m.path(b"sparse/only a hole"), "r+b") as f:
        f.seek(5 * MIB)
        f.write(b"data in the hole")
    os.unlink(m.path(b"names/plain"))
    os.rename(m.path(b"names/tab\there"), m.path(b"names/moved\there"))
    os.rename(m.path("names/dir ç".encode()), m.path("names/dir ã".encode()))
    for a, b in ((b"upper-lower", b"swap"), (b"UPPER-LOWER", b"upper-lower"), (b"swap", b"UPPER-LOWER")):
        os.rename(m.path(b"names/" + a), m.path(b"names/" + b))
    os.rmdir(m.path(b"contents/empty dir"))
    m.file(b"contents/empty dir", b"a file now\n")
    os.unlink(m.path(b"links/to file"))
    os.mkdir(m.path(b"links/to file"))
    os.link(m.path(b"links/pair 1"), m.path(b"links/pair 3"))
    with open(m.path(b"links/other/hard \xc3\xa7"), "ab") as f:
        f.write(b"written through the third name\n")
    os.unlink(m.path(b"links/hard b"))
    os.chmod(m.path(b"modes/file 0755"), 0o700)
    m.time(b"times/epoch", 42 * SECOND + 42)
    m.attribute(b"xattrs/text", b"comment", b"changed")
    m.file(b"new file", b"made later\n")
    os.mkdir(m.path(b"new dir"))
    m.file(b"new dir/inside", random_bytes(b"new", 200000))
    return m


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--change", action="store_true", help="change a tree made before")
    arguments.add_argument("--strict", action="store_true", help="fail when something was not possible")
    arguments.add_argument("dir")
    options = arguments.parse_args()
    maker = change(options.dir) if options.change else make(options.dir)
    for line in maker.missing:
        print("left out: " + line, file=sys.stderr)
    sys.exit(1 if options.strict and maker.missing else 0)


if __name__ == "__main__":
    main()
