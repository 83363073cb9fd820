"""Runs cofre and restic over the same data and prints what each step costs, as ratios. Called by bin/bench."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys

import clients
import proc

GIB = 1 << 30
STEPS = ["first backup", "second backup", "restore", "check with data"]
CASES = {
    "a": ("random", 4 * GIB, "incompressible, large files"),
    "b": ("text", 2 * GIB, "text-like"),
    "c": ("small", 100_000, "small files"),
}


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full sizes (default 1; quick: 0.1)")
    parser.add_argument("--repeats", type=int, default=3, help="how often each is run; the table has the medians")
    parser.add_argument("--cases", default="abc", help="a incompressible, b text, c small files (default all)")
    parser.add_argument("--only", help="run only these: restic, cofre, cofre-warm, cofre-own-server, by commas")
    parser.add_argument("--work", default="/var/tmp/cofre-bench", help="where data and repositories go")
    parser.add_argument("--heap", default="512m", help="heap of the daemon")
    parser.add_argument("--tools", required=True, help="directory with restic-0.18 and rest-server")
    parser.add_argument("--cofre", required=True, help="cofre's launcher")
    parser.add_argument("--keep", action="store_true", help="keep logs and repositories")
    args = parser.parse_args()
    args.restic, args.rest_server = f"{args.tools}/restic-0.18", f"{args.tools}/rest-server"
    return args


def corpus(args, case):
    """Makes the case's data unless an earlier run did."""
    kind, amount, _ = CASES[case]
    amount = max(1, int(amount * args.scale))
    directory = f"{args.work}/data/{kind}-{amount}"
    if not os.path.exists(directory):
        print(f"bench: making {directory}", file=sys.stderr)
        shutil.rmtree(directory + ".part", ignore_errors=True)
        generator = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Corpus.java")
        subprocess.run(["java", generator, kind, str(amount), directory + ".part"], check=True)
        os.rename(directory + ".part", directory)
    return directory


def client_of(name, args, work, url, source, log):
    if name == "restic":
        return clients.Restic(args, work, url, source, log)
    return clients.Cofre(args, work, url, source, log, args.heap)


def journey(name, args, source, work, compare):
    """One client's four steps in a fresh repository. Gives {step: (cost, server's cpu, server's peak)}."""
    os.makedirs(f"{work}/repo")
    log = f"{args.work}/{name}.log"
    kind = "cofre" if name == "cofre-own-server" else "real"
    server, url = clients.rest_server(kind, args, f"{work}/repo", log)
    client = client_of(name, args, work, url, source, log)
    try:
        client.init()
        if name == "cofre-warm":
            four_steps(client, server, source, work, False)
            os.rename(f"{work}/restored", f"{work}/restored-first")
            shutil.rmtree(f"{work}/repo/cofre")
            client.init()
        costs = four_steps(client, server, source, work, compare)
        return costs, client.start_cost
    finally:
        client.close()
        server.stop()


def repeated(case, names, args, source):
    """All journeys of a case: {name: [costs]} and what the daemon's starts cost."""
    results, starts = {name: [] for name in names}, []
    shutil.rmtree(f"{args.work}/run", ignore_errors=True)
    for repeat in range(args.repeats):
        # A B, B A, A B: what drifts on the machine meets both alike.
        for name in names if repeat % 2 == 0 else reversed(names):
            work = f"{args.work}/run/{name}-{repeat}"
            costs, start = journey(name, args, source, work, repeat == 0)
            results[name].append(costs)
            starts += [start] if start else []
            # Many small files stay until the end: making files soon after others were deleted is slow on ext4, which
            # would count against whoever comes second.
            if CASES[case][0] != "small" and not args.keep:
                shutil.rmtree(work)
            print(f"bench: ({case}) {name} done, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    if not args.keep:
        shutil.rmtree(f"{args.work}/run")
    return results, starts


def four_steps(client, server, source, work, compare):
    target = f"{work}/restored"
    actions = [client.backup, client.backup, lambda: client.restore(target), client.check]
    costs = {}
    for step, action in zip(STEPS, actions):
        os.sync()
        server.mark()
        cost = action()
        costs[step] = (cost, *server.since_mark())
    if compare:
        restored = target + source if os.path.exists(target + source) else target
        if subprocess.run(["diff", "-rq", source, restored]).returncode != 0:
            raise SystemExit("bench: what was restored is not what was saved")
    return costs


def table(case, results, out):
    kind, amount, title = CASES[case]
    names = list(results)
    print(f"\n({case}) {title}", file=out)
    head = f"  {'':16} {'':16} {'wall':>8} {'CPU':>8} {'peak':>8}   {'server CPU':>10} {'server peak':>11}"
    print(head, file=out)
    for step in STEPS:
        base = median(results["restic"], step) if "restic" in results else None
        for name in names:
            figures = median(results[name], step)
            print(f"  {step if name == names[0] else '':16} {name:16} {plain(figures)}", file=out)
            if base and name != "restic":
                print(f"  {'':16} {'  / restic':16} {ratios(figures, base)}", file=out)


def median(runs, step):
    rows = [(cost.wall, cost.cpu, cost.rss, cpu, rss) for cost, cpu, rss in (run[step] for run in runs)]
    return [statistics.median(column) for column in zip(*rows)]


def plain(figures):
    wall, cpu, rss, server_cpu, server_rss = figures
    mib = 1 << 20
    return f"{wall:7.2f}s {cpu:7.2f}s {rss / mib:5.0f}MiB   {server_cpu:9.2f}s {server_rss / mib:8.0f}MiB"


def ratios(figures, base):
    def cell(i, width):
        return f"{figures[i] / base[i]:{width}.2f}" if base[i] else f"{'-':>{width}}"

    return f"{cell(0, 8)} {cell(1, 8)} {cell(2, 8)}   {cell(3, 10)} {cell(4, 11)}"


def main():
    args = arguments()
    names = (args.only or "restic,cofre,cofre-warm,cofre-own-server").split(",")
    os.makedirs(args.work, exist_ok=True)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start; scale {args.scale:g}, medians of "
          f"{args.repeats}; daemon heap {args.heap}; page cache warm for all; cofre: fresh daemon for each repetition, "
          "its start not counted; cofre-warm: after the same four steps once")
    for case in args.cases:
        source = corpus(args, case)
        subprocess.run(["sh", "-c", f"find {source} -type f -exec cat {{}} + >/dev/null"], check=True)
        results, starts = repeated(case, names, args, source)
        table(case, results, sys.stdout)
        if starts:
            print(f"  the daemon's start: {statistics.median(s.wall for s in starts):.2f} s, "
                  f"{statistics.median(s.cpu for s in starts):.2f} s of CPU")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
