#!/usr/bin/env python3
"""random_scripts.py SOCKET REPOSITORY FIRST_SEED COUNT: random edits on real ZFS, one restore point after each script.

Runs in the guest, for src/lab/scenarios/random-scripts, which made the shares: share rN is dataset tank/rN. The daemon
listens at SOCKET. Every point is made with an audit (cofre walks as well and counts what it was not told of) and then
restored by restic and compared with the ZFS snapshot it was made from. Ends with "N passed, N failed"; what fails says
how to repeat it.
"""

import contextlib
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import types

import compare_trees
import random_edits

EDITS = 25
# After so many scripts a share's tree is removed and another one begun: each is small, and none grows without end.
ROUNDS = 12
SHARES = 8


def ask_timed(path, command, arguments):
    """The events of one request to the daemon, and when each came: seconds since the request."""
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(path)
        begun = time.monotonic()
        s.sendall(json.dumps({"v": 1, "command": command, "args": arguments}).encode() + b"\n")
        events, times = [], []
        for line in s.makefile("rb"):
            events.append(json.loads(line))
            times.append(time.monotonic() - begun)
        return events, times


def ask(path, command, arguments):
    return ask_timed(path, command, arguments)[0]


class Failed(Exception):
    pass


class Share:
    """One dataset, and what is being done to it."""

    def __init__(self, number, first_seed):
        self.name, self.top = "r%d" % number, "/tank/r%d" % number
        self.seed = first_seed + number
        self.round = 0
        self.open = []

    def edit(self):
        """The next script; the same as random_edits.py SEED DIR EDITS ROUND."""
        for f in self.open:
            f.close()
        if self.round == ROUNDS:
            self.seed, self.round = self.seed + SHARES, 0
            for name in os.listdir(os.fsencode(self.top)):
                path = os.path.join(os.fsencode(self.top), name)
                shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
        edits = random_edits.Edits(self.seed * 1000003 + self.round, self.top)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            if self.round == 0:
                edits.first_tree()
            for _ in range(EDITS):
                edits.habit()
        self.open = edits.open  # a file that is removed while open stays so until after the point
        self.round += 1
        return said.getvalue()

    def repeat(self):
        return "for r in $(seq 0 %d); do random_edits.py %d %s %d $r; BACKUP; done" % (
            self.round - 1, self.seed, self.top, EDITS)


class Judge:
    """Makes points and compares them; adds up where the time goes."""

    def __init__(self, socket_path, repository):
        self.socket, self.repository = socket_path, repository
        self.times = {}
        self.methods = {}
        self.entries = self.looks = 0

    @contextlib.contextmanager
    def timed(self, what):
        begun = time.monotonic()
        yield
        self.times[what] = self.times.get(what, 0) + time.monotonic() - begun

    def point(self, share, audit):
        events = ask(self.socket, "backup", {"shares": [share.name], "audit": True} if audit else {"shares": [share.name]})
        end = events[-1] if events else {}
        rows = [e["row"] for e in events if e["event"] == "item"]
        if end.get("exit") != 0 or len(rows) != 1:
            raise Failed("no point: %s" % json.dumps([e for e in events if e["event"] != "progress"]))
        row = rows[0]
        self.methods[row["method"]] = self.methods.get(row["method"], 0) + 1
        self.looks += row["looks"]
        if audit and row["method"] != "zfs send":
            raise Failed("found by %s, because: %s" % (row["method"], row["why"]))
        if row["missed"] != 0 or row["unreadable"] != 0:
            raise Failed("missed: %s" % json.dumps([e for e in events if e["event"] != "progress"]))
        return row

    def judge(self, share, row):
        view = "%s/.zfs/snapshot/%s/." % (share.top, row["source"].split("@")[1])
        target = "/tank/out/restored"
        with self.timed("restic"):
            done = subprocess.run(
                ["restic", "-q", "-r", self.repository, "restore", "--no-lock", "--sparse",
                 row["id"] + ":" + share.top, "--target", target], capture_output=True)
        if done.returncode != 0:
            raise Failed("restic cannot restore it: " + done.stderr.decode("utf-8", "backslashreplace"))
        options = types.SimpleNamespace(
            no_owner=False, no_sparse=False, no_dir_times=False, no_top=True, file_links=True, ignore=[])
        said = io.StringIO()
        with self.timed("compare"), contextlib.redirect_stdout(said):
            comparison = compare_trees.Comparison(view, target, options)
            self.entries += comparison.run()
        shutil.rmtree(target)
        if comparison.differences:
            raise Failed("the point differs from its snapshot:\n" + said.getvalue())

    def one(self, share):
        with self.timed("edits"):
            said = share.edit()
        # A tree that was begun anew goes on from the one before it: that is a script as well, and a long one.
        with self.timed("cofre"):
            row = self.point(share, audit=True)
        self.judge(share, row)
        return said


def main(arguments):
    if len(arguments) != 4:
        sys.exit(__doc__)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    os.umask(0o022)
    judge = Judge(arguments[0], arguments[1])
    shares = [Share(i, int(arguments[2])) for i in range(SHARES)]
    count, failed = int(arguments[3]), 0
    for share in shares:
        judge.point(share, audit=False)  # of nothing yet: the first point of a share is a walk
    begun = time.monotonic()
    for i in range(count):
        share = shares[i % SHARES]
        try:
            judge.one(share)
        except Failed as e:
            failed += 1
            print("FAILED: share %s, seed %d, round %d: %s\nagain: %s"
                  % (share.name, share.seed, share.round - 1, e, share.repeat()))
            ask(judge.socket, "trust", {"share": share.name})
        if (i + 1) % 20 == 0:
            print("[%3d s] %d scripts, %d failed; %s" % (
                time.monotonic() - begun, i + 1, failed,
                ", ".join("%s %.1f s" % t for t in judge.times.items())))
    print("%d entries compared, %d looks; points by %s" % (judge.entries, judge.looks, judge.methods))
    print("%d passed, %d failed" % (count - failed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
