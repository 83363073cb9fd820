#!/usr/bin/env python3
"""previous_versions.py: who may read what, asked of real smbd in several views of one share.

  tree DIR SEED FILES        makes directories and files with random owners, modes and POSIX ACLs below DIR
  judge PORT CONF SHARE TOP VIEW...
                             each user of USERS fetches every file of TOP in every VIEW; a view is a path below the share
                             ("." is the live one). The first view is the judge: every other must give the same answers.
                             Prints the figures; exit status 1 when one differs.
  trickle PORT               a server that answers everything with one byte a second
  get PORT CONF USER SHARE PATH TARGET
                             fetches one file; prints seconds until smbclient ended, exit status 0 when it was fetched
"""
import os
import random
import struct
import subprocess
import sys
import time

USERS = ["ana", "bruno", "carla", "davi"]
GROUPS = ["engenharia", "escola"]

USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER = 1, 2, 4, 8, 16, 32
UNDEFINED = 0xFFFFFFFF


def numbers():
    import grp
    import pwd

    return [pwd.getpwnam(u).pw_uid for u in USERS], [grp.getgrnam(g).gr_gid for g in GROUPS]


def acl(rng, uids, gids, execute):
    """The extended attribute of a random POSIX ACL."""
    most = 7 if execute else 6
    entries = [(USER_OBJ, 6 | (most & 1), UNDEFINED)]
    named = rng.sample(uids, rng.randint(0, 3))
    entries += [(USER, rng.choice([0, 0, 4, most]), uid) for uid in sorted(named)]
    entries.append((GROUP_OBJ, rng.choice([0, 4, most]), UNDEFINED))
    named = rng.sample(gids, rng.randint(0, len(gids)))
    entries += [(GROUP, rng.choice([0, 0, 4, most]), gid) for gid in sorted(named)]
    entries.append((MASK, rng.choice([0, 4, most, most]), UNDEFINED))
    entries.append((OTHER, rng.choice([0, 0, 4, most]), UNDEFINED))
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *e) for e in entries)


def rights(rng, path, uids, gids, directory):
    os.chown(path, rng.choice(uids + [0]), rng.choice(gids))
    os.chmod(path, rng.choice([0o700, 0o750, 0o755, 0o711, 0o770] if directory else [0o600, 0o640, 0o644, 0o604, 0o060]))
    if rng.random() < 0.5:
        os.setxattr(path, "system.posix_acl_access", acl(rng, uids, gids, directory))


def tree(top, seed, files):
    rng = random.Random(seed)
    uids, gids = numbers()
    os.makedirs(top, exist_ok=True)
    os.chmod(top, 0o755)
    directories = [top]
    for i in range(max(1, files // 5)):
        parent = rng.choice(directories)
        if parent.count("/") - top.count("/") >= 3:
            parent = top
        path = f"{parent}/d{i}"
        os.mkdir(path)
        directories.append(path)
    made = []
    for i in range(files):
        path = f"{rng.choice(directories)}/f{i}"
        with open(path, "w") as out:
            out.write(f"content of {i}\n")
        made.append(path)
    for path in made:
        rights(rng, path, uids, gids, False)
    for path in directories[1:]:
        rights(rng, path, uids, gids, True)


def files_of(top):
    found = []
    for directory, _, names in os.walk(top):
        found += [os.path.relpath(os.path.join(directory, n), top) for n in names]
    return sorted(found)


def fetched(port, conf, user, share, view, top, files):
    """Which of the files the user gets in a view, and that they are right."""
    name = os.path.basename(top)
    into = f"/tmp/judged-{os.getpid()}"
    os.makedirs(into, exist_ok=True)
    prefix = "" if view == "." else view + "/"
    commands = "".join(f'get "{prefix}{name}/{f}" "{into}/{i}"\n' for i, f in enumerate(files))
    run = subprocess.run(
        ["smbclient", "-s", conf, "-p", port, "-U", f"{user}%{user}", f"//127.0.0.1/{share}"],
        input=commands.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    got = []
    for i, f in enumerate(files):
        local = f"{into}/{i}"
        try:
            with open(local, "rb") as content:
                got.append(content.read().decode() == f"content of {os.path.basename(f)[1:]}\n")
            if not got[-1]:
                sys.exit(f"wrong content: {user} {view} {f}")
            os.unlink(local)
        except FileNotFoundError:
            got.append(False)
    if not any(got) and b"NT_STATUS_ACCESS_DENIED" not in run.stdout:
        sys.exit(f"nothing fetched, and not for want of rights: {user} {view}: {run.stdout[-400:]!r}")
    return got


def judge(port, conf, share, top, views):
    files = files_of(top)
    cases = over = under = allowed = 0
    for user in USERS:
        first = fetched(port, conf, user, share, views[0], top, files)
        allowed += sum(first)
        cases += len(files)
        for view in views[1:]:
            for f, then, now in zip(files, fetched(port, conf, user, share, view, top, files), first):
                if then and not now:
                    over += 1
                    print(f"over-grant: {user} {view} {f}")
                if now and not then:
                    under += 1
                    print(f"under-grant: {user} {view} {f}")
    print(f"access: {cases} cases in {len(views)} views, {allowed} allowed live, over-grants {over}, under-grants {under}")
    if allowed == 0 or allowed == cases:
        sys.exit("these cases judge nothing: all answers are the same")
    sys.exit(1 if over or under else 0)


def get(port, conf, user, share, path, target):
    begin = time.monotonic()
    run = subprocess.run(
        ["smbclient", "-s", conf, "-p", port, "-U", f"{user}%{user}", f"//127.0.0.1/{share}", "-c", f'get "{path}" "{target}"'],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"{time.monotonic() - begin:.2f}")
    # of a read that failed half-way smbclient leaves what it has got
    sys.exit(0 if run.returncode == 0 and os.path.exists(target) else 1)


def trickle(port):
    """Headers at once, then a byte a second: what a stalled disk or a broken line looks like."""
    import socketserver

    class Slow(socketserver.StreamRequestHandler):
        def handle(self):
            head = [self.rfile.readline()]
            while head[-1].strip():
                head.append(self.rfile.readline())
            ranges = [h.split(b"=")[1].split(b"-") for h in head if h.lower().startswith(b"range:")]
            if ranges:
                first, last = int(ranges[0][0]), int(ranges[0][1])
                self.wfile.write(
                    b"HTTP/1.1 206 Partial Content\r\nContent-Length: %d\r\nContent-Range: bytes %d-%d/16777216\r\n\r\n"
                    % (last - first + 1, first, last))
            else:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 155\r\n\r\n")
            try:
                while True:
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(1)
            except OSError:
                pass

    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", int(port)), Slow) as server:
        server.daemon_threads = True
        server.serve_forever()


if __name__ == "__main__":
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "tree":
        tree(rest[0], int(rest[1]), int(rest[2]))
    elif what == "judge":
        judge(rest[0], rest[1], rest[2], rest[3], rest[4:])
    elif what == "trickle":
        trickle(rest[0])
    elif what == "get":
        get(*rest)
    else:
        sys.exit(__doc__)
