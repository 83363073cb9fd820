"""Loads the index of a made-up repository and decides what a prune would do, cofre beside restic. Called by bin/bench-index."""

import argparse
import os
import re
import shutil
import subprocess
import sys

import proc

PASSWORD = "bench"
MIB = 1 << 20
HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    parser = argparse.ArgumentParser(prog="bench-index", description=__doc__)
    parser.add_argument("--blobs", type=int, default=1_000_000, help="so many (default 1,000,000)")
    parser.add_argument("--heap", default="512m", help="heap of cofre's process (default the daemon's, 512m)")
    parser.add_argument("--java-options", default="", help="more options for java")
    parser.add_argument("--only", default="restic,cofre", help="run only these: restic, cofre")
    parser.add_argument("--work", required=True, help="where the repository goes: 160 bytes and more a blob")
    parser.add_argument("--tools", required=True, help="directory with restic-0.18")
    parser.add_argument("--classes", required=True, help="class path with cofre's classes and test classes")
    parser.add_argument("--keep", action="store_true", help="keep repository and log; a repository kept is used again")
    return parser.parse_args()


def repository(args):
    """Makes the repository unless one was kept."""
    directory = f"{args.work}/{args.blobs}"
    if not os.path.exists(directory):
        print(f"bench-index: making {directory}", file=sys.stderr)
        shutil.rmtree(directory + ".part", ignore_errors=True)
        generator = os.path.join(HERE, "IndexCorpus.java")
        made = ["java", "-cp", args.classes, generator, str(args.blobs), directory + ".part", PASSWORD]
        subprocess.run(made, check=True)
        os.rename(directory + ".part", directory)
    return directory


def restic(args, directory, log):
    """{step: cost} of restic, without a cache, as cofre has none here."""
    env = dict(os.environ, RESTIC_PASSWORD=PASSWORD)
    base = [f"{args.tools}/restic-0.18", "--repo", directory, "--no-cache"]
    point = sorted(os.listdir(f"{directory}/snapshots"))[0]
    shown = subprocess.run([*base, "cat", "snapshot", point], env=env, check=True, capture_output=True, text=True)
    tree = re.search(r'"tree": *"([0-9a-f]{64})"', shown.stdout).group(1)
    return {
        "open": proc.run([*base, "cat", "blob", tree], env, log + ".blob"),
        "prune, what it would do": proc.run([*base, "prune", "--dry-run"], env, log),
    }


def cofre(args, directory, log):
    """{step: cost} of cofre, in the way the daemon's JVM is started."""
    base = ["java", "-Xms32m", f"-Xmx{args.heap}", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError"]
    base += [*args.java_options.split(), "-cp", args.classes, "cofre.bench.IndexBench"]
    env = dict(os.environ)
    return {
        "open": proc.run([*base, "open", directory, PASSWORD], env, log),
        "prune, what it would do": proc.run([*base, "plan", directory, PASSWORD], env, log),
    }


def table(results):
    print(f"  {'':24} {'':10} {'wall':>9} {'CPU':>9} {'peak':>9}")
    for step in next(iter(results.values())):
        for name, costs in results.items():
            cost = costs[step]
            print(f"  {step:24} {name:10} {cost.wall:8.1f}s {cost.cpu:8.1f}s {cost.rss / MIB:6.0f}MiB")
        if len(results) == 2:
            theirs, ours = results["restic"][step], results["cofre"][step]
            ratios = [ours.wall / theirs.wall, ours.cpu / theirs.cpu, ours.rss / theirs.rss]
            print(f"  {'':24} {'  / restic':10} {ratios[0]:9.2f} {ratios[1]:9.2f} {ratios[2]:9.2f}")


def main():
    args = arguments()
    os.makedirs(args.work, exist_ok=True)
    directory, log = repository(args), f"{args.work}/log"
    clients = {"restic": restic, "cofre": cofre}
    print(f"{args.blobs} blobs; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start; heap {args.heap}")
    results = {}
    for name in args.only.split(","):
        if os.path.exists(f"{log}-{name}"):
            os.remove(f"{log}-{name}")
        results[name] = clients[name](args, directory, f"{log}-{name}")
    table(results)
    for name in results:
        with open(f"{log}-{name}", encoding="utf-8", errors="replace") as said:
            for line in said:
                if re.match(r"to |this |total |remaining|unused size|Totals|\d+ packs", line):
                    print(f"  {name}: {line.rstrip()}")
    if not args.keep:
        shutil.rmtree(directory)
        for name in os.listdir(args.work):
            if name.startswith("log"):
                os.remove(f"{args.work}/{name}")


if __name__ == "__main__":
    main()
