#!/usr/bin/env python3
"""compare_trees.py A B: are two trees the same to a user who cares? Prints every difference, exit status 1 if any.

Compared: names (as bytes), type, owner, group, mode, mtime in ns, size, content, link targets, device numbers,
extended attributes (also of links and directories), which names are one file, and that holes are still holes.
Not compared: atime, ctime, inode numbers, link counts that names outside the tree explain.

  --no-owner      a restore that is not root cannot give files away
  --no-sparse     the program under test does not claim to keep holes
  --no-dir-times  the tree was changed after its directories were made
  --no-top        the two top directories themselves may differ
  --file-links    which names are one file matters of regular files only: restic links no others
  --ignore NAME   an extended attribute to leave out (may be given more than once)
"""

import argparse
import os
import stat
import sys

BLOCK = 1 << 20
# A hole smaller than this may be filled (a file system's record is 128 KiB, a chunk cuts anywhere) unnoticed.
HOLE = 2 * BLOCK


def shown(name):
    """The name as text; what is not printable, and the backslash, as \\xNN of its bytes: never ambiguous."""
    text = name.decode("utf-8", "surrogateescape")
    return "".join(
        c if c.isprintable() and c != "\\" else "".join("\\x%02x" % b for b in c.encode("utf-8", "surrogateescape"))
        for c in text
    )


def entries(top):
    """Relative byte name -> lstat result of everything below top; a directory that cannot be read is an error."""
    found = {b".": os.lstat(top)}
    pending = [b""]
    while pending:
        directory = pending.pop()
        with os.scandir(os.path.join(top, directory) if directory else top) as listing:
            for entry in listing:
                name = os.path.join(directory, entry.name)
                found[name] = entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    pending.append(name)
    return found


def attributes(path, ignored):
    if not hasattr(os, "listxattr"):
        return {}
    try:
        keys = os.listxattr(path, follow_symlinks=False)
    except OSError:  # the file system has none
        return {}
    values = {}
    for key in keys:
        if key in ignored:
            continue
        try:
            values[key] = os.getxattr(path, key, follow_symlinks=False)
        except OSError as e:  # gone between the two calls, or listed and not readable: itself a difference
            values[key] = "cannot be read: " + e.strerror
    return values


def first_difference(a, b):
    """Offset of the first differing byte, or None. Both files have the same size."""
    offset = 0
    with open(a, "rb", buffering=0) as fa, open(b, "rb", buffering=0) as fb:
        while True:
            block_a, block_b = fa.read(BLOCK), fb.read(BLOCK)
            while block_a and len(block_b) < len(block_a):
                more = fb.read(len(block_a) - len(block_b))
                if not more:
                    break
                block_b += more
            if block_a != block_b:
                common = min(len(block_a), len(block_b))
                return offset + next((i for i in range(common) if block_a[i] != block_b[i]), common)
            if not block_a:
                return None
            offset += len(block_a)


def groups(found, only_regular):
    """For each name of a file with several links: the set of the names that are the same file."""
    by_inode = {}
    for name, s in found.items():
        linked = stat.S_ISREG(s.st_mode) if only_regular else not stat.S_ISDIR(s.st_mode)
        if s.st_nlink > 1 and linked:
            by_inode.setdefault((s.st_dev, s.st_ino), set()).add(name)
    return {name: frozenset(names) for names in by_inode.values() if len(names) > 1 for name in names}


KINDS = {
    stat.S_IFREG: "file", stat.S_IFDIR: "directory", stat.S_IFLNK: "link", stat.S_IFIFO: "fifo",
    stat.S_IFCHR: "character device", stat.S_IFBLK: "block device", stat.S_IFSOCK: "socket",
}


class Comparison:
    def __init__(self, a, b, options):
        self.a, self.b, self.options = os.fsencode(a), os.fsencode(b), options
        self.ignored = set(options.ignore)
        self.differences = 0

    def differ(self, name, what, in_a, in_b):
        self.differences += 1
        print("%s: %s: %s vs %s" % (shown(name), what, in_a, in_b))

    def run(self):
        in_a, in_b = entries(self.a), entries(self.b)
        links_a, links_b = (groups(each, self.options.file_links) for each in (in_a, in_b))
        for name in sorted(in_a.keys() | in_b.keys()):
            if name not in in_b:
                self.differ(name, "exists", "yes", "no")
            elif name not in in_a:
                self.differ(name, "exists", "no", "yes")
            elif name != b"." or not self.options.no_top:
                self.entry(name, in_a[name], in_b[name])
                if links_a.get(name) != links_b.get(name):
                    self.differ(name, "same file as", self.others(links_a, name), self.others(links_b, name))
        return len(in_a)

    def others(self, links, name):
        return "[" + ", ".join(shown(n) for n in sorted(links.get(name, ())) if n != name) + "]"

    def entry(self, name, a, b):
        kind = stat.S_IFMT(a.st_mode)
        if kind != stat.S_IFMT(b.st_mode):
            self.differ(name, "type", KINDS[kind], KINDS[stat.S_IFMT(b.st_mode)])
            return
        if stat.S_IMODE(a.st_mode) != stat.S_IMODE(b.st_mode):
            self.differ(name, "mode", "%04o" % stat.S_IMODE(a.st_mode), "%04o" % stat.S_IMODE(b.st_mode))
        if not self.options.no_owner and (a.st_uid, a.st_gid) != (b.st_uid, b.st_gid):
            self.differ(name, "owner", "%d:%d" % (a.st_uid, a.st_gid), "%d:%d" % (b.st_uid, b.st_gid))
        if a.st_mtime_ns != b.st_mtime_ns and not (self.options.no_dir_times and kind == stat.S_IFDIR):
            self.differ(name, "mtime", a.st_mtime_ns, b.st_mtime_ns)
        path_a, path_b = os.path.join(self.a, name), os.path.join(self.b, name)
        self.extended(name, attributes(path_a, self.ignored), attributes(path_b, self.ignored))
        if kind == stat.S_IFREG:
            self.content(name, path_a, path_b, a, b)
        elif kind == stat.S_IFLNK:
            target_a, target_b = os.readlink(path_a), os.readlink(path_b)
            if target_a != target_b:
                self.differ(name, "target", shown(target_a), shown(target_b))
        elif kind in (stat.S_IFCHR, stat.S_IFBLK) and a.st_rdev != b.st_rdev:
            self.differ(name, "device", "%d,%d" % (os.major(a.st_rdev), os.minor(a.st_rdev)),
                        "%d,%d" % (os.major(b.st_rdev), os.minor(b.st_rdev)))

    def extended(self, name, a, b):
        for key in sorted(a.keys() | b.keys()):
            if a.get(key) != b.get(key):
                self.differ(name, "attribute " + ascii(key), repr(a.get(key))[:60], repr(b.get(key))[:60])

    def content(self, name, path_a, path_b, a, b):
        if a.st_size != b.st_size:
            self.differ(name, "size", a.st_size, b.st_size)
            return
        offset = first_difference(path_a, path_b)
        if offset is not None:
            self.differ(name, "content", "differs", "first at byte %d of %d" % (offset, a.st_size))
        # ZFS and others compress, so only this is sure: a file that A keeps with a large hole and B does not.
        if not self.options.no_sparse and holes(path_a, a) >= HOLE > holes(path_b, b):
            self.differ(name, "sparse", "%d bytes in holes" % holes(path_a, a), "%d" % holes(path_b, b))


def holes(path, s):
    """Bytes of the file that lie in holes, as lseek tells; 0 where the system cannot tell."""
    if s.st_size < HOLE or not hasattr(os, "SEEK_HOLE"):
        return 0
    total, at = 0, 0
    fd = os.open(path, os.O_RDONLY)
    try:
        while at < s.st_size:
            hole = os.lseek(fd, at, os.SEEK_HOLE)
            if hole >= s.st_size:
                break
            try:
                at = os.lseek(fd, hole, os.SEEK_DATA)
            except OSError:  # ENXIO: a hole up to the end
                at = s.st_size
            total += at - hole
    finally:
        os.close(fd)
    return total


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("no-owner", "no-sparse", "no-dir-times", "no-top", "file-links"):
        arguments.add_argument("--" + name, action="store_true")
    arguments.add_argument("--ignore", action="append", default=[], metavar="ATTRIBUTE")
    arguments.add_argument("a")
    arguments.add_argument("b")
    options = arguments.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")  # names in a terminal that is not UTF-8
    comparison = Comparison(options.a, options.b, options)
    count = comparison.run()
    if comparison.differences:
        print("%d differences" % comparison.differences)
        sys.exit(1)
    print("%d entries, no difference" % count)


if __name__ == "__main__":
    main()
