"""Programs that are measured: what they cost in wall time, processor time and peak memory.

A command is measured by what the kernel says when it ends; a server that stays, by the difference between two looks at
/proc (Linux). The server's peak memory is reset before each step.
"""

import os
import signal
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")
KIB = 1024


class Cost:
    """What a step cost: wall and processor seconds, peak resident bytes (of several programs: their peaks' sum)."""

    def __init__(self, wall, cpu, rss):
        self.wall, self.cpu, self.rss = wall, cpu, rss

    def plus_program(self, cpu, rss):
        """The same step, with one more program that took part in it."""
        return Cost(self.wall, self.cpu + cpu, self.rss + rss)


def run(argv, env, log, ok=(0,)):
    """Runs a command to its end and gives its Cost; ends everything when it fails."""
    with open(log, "ab") as out:
        out.write(("\n$ " + " ".join(argv) + "\n").encode())
        out.flush()
        start = time.monotonic()
        child = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in ok:
        raise SystemExit(f"bench: {argv[0]} ended with {child.returncode}; see {log}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KIB)


class Server:
    """A program that stays while commands are measured."""

    def __init__(self, name, argv, env, log):
        self.name, self.log = name, log
        out = open(log, "ab")
        self.process = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        out.close()
        self.started = time.monotonic()

    def await_ready(self, is_ready, seconds=60):
        while not is_ready():
            if self.process.poll() is not None or time.monotonic() - self.started > seconds:
                raise SystemExit(f"bench: {self.name} does not start; see {self.log}")
            time.sleep(0.05)
        return Cost(time.monotonic() - self.started, self._cpu(), self._peak())

    def mark(self):
        """A step begins."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as refs:
            refs.write("5")
        self.cpu_before = self._cpu()

    def since_mark(self):
        """Processor seconds and peak resident bytes since then."""
        return self._cpu() - self.cpu_before, self._peak()

    def _cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICK

    def _peak(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * KIB
        return 0

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
