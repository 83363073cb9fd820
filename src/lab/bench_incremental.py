#!/usr/bin/env python3
"""bench_incremental.py SOCKET REST_URL [PART[=SIZE]]...: what a second backup costs, cofre beside restic.

Runs in the guest, for src/lab/bench-incremental, which made the datasets tank/many, tank/big, tank/sparse and
tank/millions, shares of the same names, and cofre's repository. Parts: many=FILES (200000; 100 changed; nothing changed;
a directory with a quarter of them renamed), big=MIB (8192; 3 places of 4 KiB changed; nothing changed), sparse=MIB (4096;
a disk image that is nearly all hole; cofre alone), millions=FILES (1000000; 1,000 changed; cofre alone).

Both store to one rest-server. restic backs up the snapshot cofre has just made, in its directory, so that paths are the
same each time, with the point before as parent and without the scan that only shows progress. Its system calls come from
a repetition under strace and with --dry-run, which stores nothing. Bytes read are those of the whole process, what it got
from the store and from programs as well; of cofre also what it read of files.
"""

import json
import os
import random
import re
import subprocess
import sys
import time

from random_scripts import ask_timed

STATS = ("stat", "lstat", "fstat", "newfstatat", "statx")
FILES_IN_DIR = 500


def make_files(top, count):
    """Empty and tiny files, so many to a directory; a quarter of them below one directory."""
    content = random.Random(1).getrandbits(8 * 4096).to_bytes(4096, "little")
    for n in range(0, count, FILES_IN_DIR):
        quarter = "quarter" if n * 4 < count else "rest%d" % (n // FILES_IN_DIR % 7)
        directory = "%s/%s/d%06d" % (top, quarter, n // FILES_IN_DIR)
        os.makedirs(directory)
        at = os.open(directory, os.O_RDONLY)
        for i in range(min(FILES_IN_DIR, count - n)):
            f = os.open("file%06d" % (n + i), os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=at)
            if (n + i) % 4:
                # a little of its own in each: no two are the same chunk
                os.write(f, b"%d" % (n + i) + content[: (n + i) * 7 % 60])
            os.close(f)
        os.close(at)


def change_files(top, count, changes, seed):
    r = random.Random(seed)
    for n in r.sample(range(count), changes):
        directory = n // FILES_IN_DIR
        quarter = "quarter" if directory * FILES_IN_DIR * 4 < count else "rest%d" % (directory % 7)
        with open("%s/%s/d%06d/file%06d" % (top, quarter, directory, n), "a", encoding="ascii") as f:
            f.write("changed %d\n" % seed)


def make_big(path, mebibytes):
    """Nothing can compress it, and making it costs little."""
    subprocess.run(
        "openssl enc -aes-128-ctr -nosalt -pass pass:lab -md sha256 </dev/zero 2>/dev/null | head -c %d >%s"
        % (mebibytes << 20, path), shell=True, check=True)


def change_big(path, mebibytes, seed):
    r = random.Random(seed)
    with open(path, "r+b") as f:
        for _ in range(3):
            f.seek(r.randrange((mebibytes << 20) - 4096))
            f.write(r.getrandbits(8 * 4096).to_bytes(4096, "little"))


def rchar(text):
    """Bytes that read(2) and its like gave, whatever from: files, pipes, sockets."""
    return int(re.search(r"rchar: (\d+)", text).group(1))


def io_of(pid):
    with open("/proc/%d/io" % pid, encoding="ascii") as f:
        return rchar(f.read())


def peak(pid):
    """Its highest resident memory since the last call, MiB."""
    with open("/proc/%d/status" % pid, encoding="ascii") as f:
        kilobytes = int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1))
    with open("/proc/%d/clear_refs" % pid, "w", encoding="ascii") as f:
        f.write("5")
    return kilobytes // 1024


def listener(path):
    """The daemon's process id: it says so itself."""
    events, _ = ask_timed(path, "status", {})
    return events[-1]["data"]["pid"]


def later():
    """What was just changed is not yet relied on; a ctime counts when it is ten minutes old."""
    time.clock_settime(time.CLOCK_REALTIME, time.time() + 11 * 60)


def traced(log):
    """Of a log of strace -f -y: stat calls, opens of what is no directory, both in snapshots, and programs started."""
    stats = opens = programs = 0
    with open(log, encoding="ascii", errors="replace") as f:
        for line in f:
            call = line.split(None, 1)[1]
            if call.startswith("execve("):
                programs += "/zfs" in call[:40] and "= -1" not in call
            elif "/.zfs/snapshot/cofre-" in call:
                if call.startswith("openat("):
                    opens += "O_DIRECTORY" not in call
                elif call.startswith(STATS):
                    stats += 1
    os.unlink(log)
    return stats, opens, programs


def calm():
    """Nobody pays for what another one wrote or read before: unmounting a snapshot that was walked takes seconds, and
    ZFS does it when the hold on it is released."""
    with open("/proc/mounts", encoding="ascii", errors="replace") as mounts:
        for line in mounts:
            source, where = line.split()[:2]
            if "@" in source:
                subprocess.run(["umount", where], check=False, stderr=subprocess.DEVNULL)
    subprocess.run(["zpool", "sync"], check=True)


class Bench:
    def __init__(self, socket_path, rest):
        self.socket, self.rest = socket_path, rest
        self.daemon = listener(socket_path)
        self.parents = {}
        self.rows = []

    def cofre(self, share, label, trace=False):
        calm()
        before = io_of(self.daemon)
        peak(self.daemon)
        strace = None
        if trace:
            strace = subprocess.Popen(
                ["strace", "-f", "-y", "-o", "/tmp/strace.cofre", "-p", str(self.daemon),
                 "-e", "trace=%s,openat,execve" % ",".join(STATS)], stderr=subprocess.DEVNULL)
            time.sleep(2)  # attached to all threads; only a measurement depends on it, and it shows
        begun = time.monotonic()
        events, times = ask_timed(self.socket, "backup", {"shares": [share]})
        wall = time.monotonic() - begun
        rows = [e["row"] for e in events if e["event"] == "item"]
        if events[-1].get("exit") != 0 or len(rows) != 1:
            sys.exit("no point: %s" % events)
        row = rows[0]
        all_read = io_of(self.daemon) - before
        said = "looks %d, dirs %d, read %d, read by the process %d, peak %d MiB, %s: %s" % (
            row["looks"], row["dirs_visited"], row["read_bytes"], all_read, peak(self.daemon),
            row["method"], row["why"])
        if strace:
            strace.send_signal(2)
            strace.wait()
            said += "; strace: in the snapshot %d stat calls, %d opens of no directory; zfs run %d times" % traced(
                "/tmp/strace.cofre")
        print("%-28s cofre  %8.2f s  %s" % (label, wall, said))
        self.phases(events, times)
        return wall, row, all_read

    @staticmethod
    def phases(events, times):
        """When the daemon said what, in seconds since the request: where the time goes."""
        marks, last = [], None
        for event, at in zip(events, times):
            what = event.get("phase") or event.get("text") or event["event"]
            if what != last:
                marks.append("%.2f %s" % (at, what[:60]))
                last = what
        print("    " + " | ".join(marks))

    def restic(self, share, label, source, trace=True):
        view = "/tank/%s/.zfs/snapshot/%s" % (share, source.split("@")[1])
        calm()
        os.listdir(view + "/.")  # once, from one process: openzfs #17659
        command = ["restic", "-r", "%srestic-%s/" % (self.rest, share), "backup", "--no-scan", "--json", "."]
        if share in self.parents:
            command += ["--parent", self.parents[share]]
        # a shell's own figures have those of the program it waited for
        shell = ["sh", "-c", '"$@"; status=$?; cat /proc/$$/io >/tmp/restic.io; exit $status', "sh"]
        begun = time.monotonic()
        done = subprocess.run(shell + command, cwd=view, capture_output=True, text=True)
        wall = time.monotonic() - begun
        if done.returncode != 0:
            sys.exit("restic: " + done.stderr)
        summary = [json.loads(line) for line in done.stdout.splitlines() if '"summary"' in line][-1]
        with open("/tmp/restic.io", encoding="ascii") as f:
            read = rchar(f.read())
        said = "changed %d, new %d, read by the process %d" % (summary["files_changed"], summary["files_new"], read)
        stats = None
        if trace:
            stats, opens = self.strace(command, view)
            said += "; strace: %d stat calls, %d opens" % (stats, opens)
        self.parents[share] = summary["snapshot_id"]
        print("%-28s restic %8.2f s  %s" % (label, wall, said))
        return wall, stats, read

    @staticmethod
    def strace(command, view):
        """The same without storing, stopped at these calls only: how often it asks for metadata, and opens."""
        subprocess.run(["strace", "-f", "-c", "--seccomp-bpf", "-o", "/tmp/strace.restic",
                        "-e", "trace=%s,openat" % ",".join(STATS)]
                       + command + ["--dry-run"], cwd=view, stdout=subprocess.DEVNULL, check=True)
        calls = {}
        with open("/tmp/strace.restic", encoding="ascii") as f:
            for line in f:
                words = line.split()
                if len(words) >= 5 and words[0].replace(".", "").isdigit():
                    calls[words[-1]] = int(words[3])
        return sum(calls.get(c, 0) for c in STATS), calls.get("openat", 0)

    def both(self, share, label, trace=True):
        wall, row, mine = self.cofre(share, label)
        other, stats, read = self.restic(share, label, row["source"], trace)
        self.rows.append((label, wall, other, row["looks"], stats, row["read_bytes"], mine, read))

    def table(self):
        print("\n%-28s %9s %9s %6s %8s %8s %12s %12s %12s" % (
            "", "cofre s", "restic s", "ratio", "looks", "stats", "of files", "cofre read", "restic read"))
        for label, wall, other, looks, stats, files, mine, read in self.rows:
            print("%-28s %9.2f %9.2f %6.1f %8d %8s %12d %12d %12d" % (
                label, wall, other, other / wall, looks, stats, files, mine, read))


def many(bench, count):
    make_files("/tank/many", count)
    later()
    begun = time.monotonic()
    for _ in range(10):
        subprocess.run(["zfs", "list", "-Hp", "-o", "name,guid", "tank/many"], stdout=subprocess.DEVNULL, check=True)
    print("to run zfs list takes %.3f s here" % ((time.monotonic() - begun) / 10))
    bench.both("many", "%d files, first" % count, trace=False)
    bench.both("many", "nothing changed", trace=False)
    change_files("/tank/many", count, 100, 1)
    bench.both("many", "100 changed")
    change_files("/tank/many", count, 100, 2)
    bench.cofre("many", "100 others changed, traced", trace=True)
    os.rename("/tank/many/quarter", "/tank/many/renamed")
    bench.both("many", "%d files renamed" % (count // 4))
    os.rename("/tank/many/renamed", "/tank/many/quarter")
    bench.cofre("many", "renamed back, traced", trace=True)
    bench.cofre("many", "nothing changed, traced", trace=True)


def big(bench, mebibytes):
    make_big("/tank/big/file", mebibytes)
    bench.both("big", "%d MiB, first" % mebibytes, trace=False)
    bench.both("big", "nothing changed")
    change_big("/tank/big/file", mebibytes, 1)
    bench.both("big", "3 x 4 KiB changed")


def sparse(bench, mebibytes):
    """A disk image: nearly all of it was never written."""
    with open("/tank/sparse/image", "wb") as f:
        f.truncate(mebibytes << 20)
    with open("/tank/sparse/other", "wb") as f:
        f.write(b"beside it")
    change_big("/tank/sparse/image", mebibytes, 1)
    later()
    bench.cofre("sparse", "%d MiB of hole, first" % mebibytes)
    with open("/tank/sparse/other", "ab") as f:
        f.write(b"changed")
    bench.cofre("sparse", "a file beside it changed")
    change_big("/tank/sparse/image", mebibytes, 2)
    bench.cofre("sparse", "3 x 4 KiB written into it")


def millions(bench, count):
    begun = time.monotonic()
    make_files("/tank/millions", count)
    later()
    print("%d files made in %.0f s" % (count, time.monotonic() - begun))
    bench.cofre("millions", "%d files, first" % count)
    bench.cofre("millions", "nothing changed")
    change_files("/tank/millions", count, 1000, 1)
    bench.cofre("millions", "1000 changed")


PARTS = {"many": (many, 200000), "big": (big, 8192), "sparse": (sparse, 4096), "millions": (millions, 1000000)}


def main(arguments):
    sys.stdout.reconfigure(line_buffering=True)
    bench = Bench(arguments[0], arguments[1])
    for part in arguments[2:] or list(PARTS):
        name, _, size = part.partition("=")
        run, default = PARTS[name]
        run(bench, int(size or default))
    bench.table()


if __name__ == "__main__":
    main(sys.argv[1:])
