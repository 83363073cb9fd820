#!/usr/bin/env python3
"""random_edits.py SEED DIR COUNT [ROUND]: edits the tree in DIR as people and programs do, COUNT times.

ROUND 0 (or none) is for an empty directory and makes a tree first. The same seed, round and tree give the same edits:
entries are met in the order of their bytes, never in the order the file system lists them. What the file system or
the user's rights do not allow is passed over. Names are raw bytes. Prints one line per edit. Runs on Linux and FreeBSD
with Python 3.7 or later and nothing else; only changing owners needs root.

What matters here are the traps of "zfs diff": links that come and go elsewhere, so that a file remembers the wrong
parent directory, numbers used anew under the same name, renames in chains and over one another, files removed while
open, changes that leave size and mtime alone.
"""

import os
import random
import stat
import sys

AWKWARD = [
    b"new\nline", b"tab\tand space ", b"back\\0134slash", "caf\u00e9".encode(), "cafe\u0301".encode(),
    b"latin\xe9", b"bad\xff\xfe", b"(on_delete_queue)", b"->", b"-", b"L" * 255,
]
DEEPEST = 6
LARGEST = 3 << 20


class Edits:
    """Edits below one directory, chosen by one source of randomness."""

    def __init__(self, seed, top):
        self.random = random.Random(seed)
        self.top = os.fsencode(top)
        self.open = []

    # Choosing. Every choice draws from self.random only, so that a seed is enough to repeat it.

    def name(self):
        r = self.random
        if r.randrange(12) == 0:
            return r.choice(AWKWARD)
        name = bytes([r.choice(b"abcdefghij")])
        if r.randrange(4) == 0:
            name = name.upper()
        return name + (b"%d" % r.randrange(100) if r.randrange(3) == 0 else b"")

    def names(self, directory):
        return sorted(os.listdir(directory))

    def is_dir(self, path):
        return stat.S_ISDIR(os.lstat(path).st_mode)

    def directory(self):
        at, depth = self.top, 0
        while depth < DEEPEST and self.random.randrange(3) > 0:
            names = self.names(at)
            if names:
                below = os.path.join(at, self.random.choice(names))
                if self.is_dir(below):
                    at = below
            depth += 1
        return at

    def somewhere(self):
        return os.path.join(self.directory(), self.name())

    def something(self):
        for _ in range(4):
            directory = self.directory()
            names = self.names(directory)
            if names:
                return os.path.join(directory, self.random.choice(names))
        raise OSError("nothing met")

    def some(self, wanted):
        for _ in range(12):
            path = self.something()
            if wanted(os.lstat(path).st_mode):
                return path
        raise OSError("none met")

    def file(self):
        return self.some(stat.S_ISREG)

    def leaf(self):
        return self.some(lambda mode: not stat.S_ISDIR(mode))

    def subdirectory(self):
        return self.some(stat.S_ISDIR)

    def size(self):
        r = self.random
        return [0, 4096 * r.randrange(64), r.randrange(LARGEST), r.randrange(200000), r.randrange(20000),
                r.randrange(20000), r.randrange(1500)][min(r.randrange(9), 6)]

    def content(self, length):
        seed = self.random.randrange(8)
        if seed == 0:
            return bytes(length)
        block = random.Random(seed).getrandbits(8 * 4099).to_bytes(4099, "little")
        return (block * (length // len(block) + 1))[:length]

    # Single system calls. Each says what it did.

    def say(self, what, *paths):
        shown = " -> ".join(repr(os.path.relpath(p, self.top))[1:] for p in paths)
        print(what, shown)

    def create(self, path):
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        with os.fdopen(fd, "wb") as f:
            f.write(self.content(self.size()))
        self.say("create", path)

    def mkdir(self, path):
        os.mkdir(path)
        self.say("mkdir", path)

    def symlink(self, path):
        os.symlink(b"to/%d" % self.random.randrange(8), path)
        self.say("symlink", path)

    def rename(self, source, target):
        os.rename(source, target)
        self.say("rename", source, target)

    def link(self, source, target):
        os.link(source, target, follow_symlinks=False)
        self.say("link", source, target)

    def unlink(self, path):
        os.unlink(path)
        self.say("unlink", path)

    def rmdir(self, path):
        os.rmdir(path)
        self.say("rmdir", path)

    def write_at(self, path, offset, data):
        fd = os.open(path, os.O_WRONLY)
        try:
            os.pwrite(fd, data, offset)
        finally:
            os.close(fd)
        self.say("write %d+%d" % (offset, len(data)), path)

    # Habits: what people and programs do.

    def make(self):
        path = self.somewhere()
        which = self.random.randrange(10)
        if which == 0:
            self.symlink(path)
        elif which == 1:
            os.mkfifo(path)
            self.say("mkfifo", path)
        elif which == 2:
            self.link(self.leaf(), path)
        else:
            self.create(path)

    def make_directory(self):
        self.mkdir(self.somewhere())

    def write(self):
        self.write_at(self.file(), self.size(), self.content(1 + self.size()))

    def write_keeping_times(self):
        path = self.file()
        was = os.lstat(path)
        self.write_at(path, 0, self.content(was.st_size))
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    def truncate(self):
        path, size = self.file(), self.size()
        os.truncate(path, size)
        self.say("truncate %d" % size, path)

    def extend_sparsely(self):
        path, size = self.file(), 2 * self.size()
        os.truncate(path, size)
        self.write_at(path, size + self.size(), self.content(1 + self.random.randrange(600)))

    def move(self):
        self.rename(self.something(), self.somewhere())

    def move_directory(self):
        self.rename(self.subdirectory(), self.somewhere())

    def move_over(self):
        self.rename(self.leaf(), self.leaf())

    def move_away_and_back(self):
        path, away = self.something(), self.somewhere()
        if not os.path.lexists(away):
            self.rename(path, away)
            self.rename(away, path)

    def swap(self):
        one, other, aside = self.something(), self.something(), self.somewhere()
        if one == other or other.startswith(one + b"/") or one.startswith(other + b"/") or os.path.lexists(aside):
            return
        self.rename(one, aside)
        self.rename(other, one)
        self.rename(aside, other)

    def other_case(self):
        path = self.something()
        target = os.path.join(os.path.dirname(path), os.path.basename(path).swapcase())
        self.rename(path, target)

    def link_somewhere(self):
        self.link(self.leaf(), self.somewhere())

    def remove(self):
        self.unlink(self.leaf())

    def link_and_remove_first(self):
        path, target = self.leaf(), self.somewhere()
        self.link(path, target)
        self.unlink(path)

    def link_elsewhere_and_back(self):
        path, elsewhere = self.leaf(), self.somewhere()
        self.link(path, elsewhere)
        self.unlink(elsewhere)

    def remove_tree(self, path):
        if self.is_dir(path):
            for name in self.names(path):
                self.remove_tree(os.path.join(path, name))
            self.rmdir(path)
        else:
            self.unlink(path)

    def remove_some_tree(self):
        if self.random.randrange(3) == 0:
            self.remove_tree(self.subdirectory())

    def copy_by_links(self, source, target):
        self.mkdir(target)
        for name in self.names(source):
            below, copy = os.path.join(source, name), os.path.join(target, name)
            if self.is_dir(below):
                self.copy_by_links(below, copy)
            else:
                self.link(below, copy)

    def copy_by_links_and_remove(self):
        source, target = self.subdirectory(), self.somewhere()
        if (target + b"/").startswith(source + b"/"):
            return
        self.copy_by_links(source, target)
        which = self.random.randrange(4)
        if which == 0:
            self.remove_tree(source)
        elif which > 1:
            self.remove_tree(target)

    def safe_save(self):
        path, temporary = self.file(), self.somewhere()
        self.create(temporary)
        if self.random.randrange(3) == 0:
            self.rename(path, self.somewhere())
        self.rename(temporary, path)

    def replace_by_another_kind(self):
        path = self.something()
        was_dir = self.is_dir(path)
        self.remove_tree(path)
        if was_dir:
            self.create(path)
        elif self.random.randrange(2) == 0:
            self.symlink(path)
        else:
            self.mkdir(path)
            self.create(os.path.join(path, self.name()))

    def remove_and_make_again(self):
        path = self.file()
        self.unlink(path)
        os.sync()
        self.create(path)

    def metadata(self):
        path, r = self.something(), self.random
        which = r.randrange(3)
        if which == 0 and not stat.S_ISLNK(os.lstat(path).st_mode):
            mode = r.randrange(0o10000) | (0o700 if self.is_dir(path) else 0o600)
            os.chmod(path, mode)
            self.say("chmod %o" % mode, path)
        elif which == 1:
            owner, group = r.randrange(3), r.randrange(3)
            os.chown(path, owner, group, follow_symlinks=False)
            self.say("chown %d:%d" % (owner, group), path)
        else:
            second = r.randrange(2000000000)
            os.utime(path, ns=(second * 10**9, second * 10**9 + 42), follow_symlinks=False)
            self.say("utimes %d" % second, path)

    def xattr(self):
        path, r = self.some(lambda mode: stat.S_ISREG(mode) or stat.S_ISDIR(mode)), self.random
        name = b"user.x%d" % r.randrange(3)
        remove, value = r.randrange(3) == 0, self.content(r.randrange(3000 if r.randrange(5) == 0 else 60))
        if not hasattr(os, "setxattr"):
            return  # FreeBSD's Python cannot.
        if remove:
            os.removexattr(path, name)
            self.say("removexattr %s" % name.decode(), path)
        else:
            os.setxattr(path, name, value)
            self.say("setxattr %s %d bytes" % (name.decode(), len(value)), path)

    def remove_while_open(self):
        path = self.file()
        f = open(path, "r+b")
        self.open.append(f)
        self.unlink(path)
        f.seek(self.size())
        f.write(self.content(10))
        f.flush()

    def habit(self):
        habits = [
            self.make, self.make, self.make_directory, self.write, self.write, self.write_keeping_times, self.truncate,
            self.extend_sparsely, self.move, self.move, self.move_directory, self.move_over, self.move_away_and_back,
            self.swap, self.other_case, self.link_somewhere, self.link_somewhere, self.remove, self.remove,
            self.link_and_remove_first, self.link_elsewhere_and_back, self.remove_some_tree,
            self.copy_by_links_and_remove, self.safe_save, self.replace_by_another_kind, self.remove_and_make_again,
            self.metadata, self.metadata, self.xattr, self.remove_while_open,
        ]
        self.attempt(self.random.choice(habits))

    def attempt(self, habit):
        try:
            habit()
        except OSError as e:
            # Part of the plan: many a chosen edit cannot be done, and which ones is the same each time.
            print("cannot", habit.__name__, e.strerror or e)

    def first_tree(self):
        for i in range(60):
            self.attempt(self.make_directory if i % 5 == 0 else self.make)


def main(arguments):
    if len(arguments) not in (3, 4):
        sys.exit(__doc__)
    seed, top, count = int(arguments[0]), arguments[1], int(arguments[2])
    round_ = int(arguments[3]) if len(arguments) == 4 else 0
    os.umask(0o022)
    edits = Edits(seed * 1000003 + round_, top)
    if round_ == 0:
        edits.first_tree()
    for _ in range(count):
        edits.habit()


if __name__ == "__main__":
    main(sys.argv[1:])
