#!/usr/bin/env python3
"""random_scripts.py SOCKET REPOSITORY FIRST_SEED COUNT: random edits on real ZFS, one restore point after each script.

Runs in the guest, for src/lab/scenarios/random-scripts, which made the shares: rN is dataset tank/rN, and wN is the same,
but always walked. The daemon listens at SOCKET. After each script both are backed up from one snapshot: rN goes on from
what its own runs have learned, with no walk in between, and both must come to the same tree, bit for bit. Then restic
restores it, and it is compared with the ZFS snapshot. Ends with "N passed, N failed"; what fails says how to repeat it.
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
# A ctime is relied on when it is older than ten minutes at the time of the snapshot: every second script of a share comes
# that much later than the one before.
LATER = 11 * 60


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
        self.name, self.walked, self.top = "r%d" % number, "w%d" % number, "/tank/r%d" % number
        self.number, self.seed = number, first_seed + number
        self.round = 0
        self.open = []

    def edit(self):
        """The next script; the same as random_edits.py SEED DIR EDITS ROUND."""
        for f in self.open:
            f.close()
        if self.round == ROUNDS:  # what is removed here is removed by the next script as well
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
        return "src/lab/scenario random-scripts %d %d; only the edits: random_edits.py %d DIR %d R, with R from 0 to %d" % (
            self.round * SHARES, self.seed - self.number, self.seed, EDITS, self.round - 1)


class Judge:
    """Makes points and compares them; adds up where the time goes."""

    def __init__(self, socket_path, repository):
        self.socket, self.repository = socket_path, repository
        self.times = {}
        self.entries = self.looks = self.walked = 0

    @contextlib.contextmanager
    def timed(self, what):
        begun = time.monotonic()
        yield
        self.times[what] = self.times.get(what, 0) + time.monotonic() - begun

    def rows(self, arguments):
        """Of a backup that went well, by share."""
        events = ask(self.socket, "backup", arguments)
        told = [e for e in events if e["event"] != "progress"]
        rows = {e["row"]["share"]: e["row"] for e in events if e["event"] == "item"}
        if not told or told[-1].get("exit") != 0 or len(rows) != len(arguments["shares"]):
            raise Failed("no point: %s" % json.dumps(told))
        for row in rows.values():
            if row["missed"] != 0 or row["unreadable"] != 0:
                raise Failed("missed: %s" % json.dumps(told))
        return rows

    def tree(self, row):
        return ask(self.socket, "info", {"point": row["id"]})[-1]["data"]["tree"]

    def point(self, share, method):
        rows = self.rows({"shares": [share.name, share.walked]})
        row, walked = rows[share.name], rows[share.walked]
        if row["method"] != method:
            raise Failed("found by %s, because: %s" % (row["method"], row["why"]))
        if row["source"] != walked["source"] or walked["method"] != "walk":
            raise Failed("not one snapshot, or not walked: %s" % json.dumps(rows))
        self.looks, self.walked = self.looks + row["looks"], self.walked + walked["looks"]
        if self.tree(row) != self.tree(walked):
            raise Failed("tree %s vs %s of a walk of the same snapshot" % (self.tree(row), self.tree(walked)))
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
        # restic links regular files only, and makes holes of its own size
        options = types.SimpleNamespace(
            no_owner=False, no_sparse=True, no_dir_times=False, no_top=True, file_links=True, ignore=[])
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
        try:
            with self.timed("cofre"):
                row = self.point(share, "zfs send")
            self.judge(share, row)
            if share.round == ROUNDS:
                with self.timed("cofre"):
                    self.rows({"shares": [share.name], "audit": True})
        except Failed as e:
            raise Failed("%s\nthe script:\n%s" % (e, said)) from e


def main(arguments):
    if len(arguments) != 4:
        sys.exit(__doc__)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    os.umask(0o022)
    judge = Judge(arguments[0], arguments[1])
    shares = [Share(i, int(arguments[2])) for i in range(SHARES)]
    count, failed = int(arguments[3]), 0
    for share in shares:
        judge.point(share, "walk")  # of nothing yet: the first point of a share is a walk
    begun = time.monotonic()
    for i in range(count):
        share = shares[i % SHARES]
        if i % (2 * SHARES) == 0:
            time.clock_settime(time.CLOCK_REALTIME, time.time() + LATER)
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
    print("%d entries compared; %d looks, and %d of the walks" % (judge.entries, judge.looks, judge.walked))
    print("%d passed, %d failed" % (count - failed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
