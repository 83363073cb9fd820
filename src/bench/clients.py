"""The two programs that are compared, each with a repository of its own on the same kind of server."""

import os
import socket

import proc

PASSWORD = "bench"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def rest_server(kind, paths, directory, log):
    """The server repositories lie on: the real one or cofre's own. Gives it and its URL."""
    port = free_port()
    if kind == "cofre":
        argv = [paths.cofre, "rest-server", "--path", directory, "--listen", f"127.0.0.1:{port}", "--no-auth"]
    else:
        argv = [paths.rest_server, "--path", directory, "--listen", f"127.0.0.1:{port}", "--no-auth"]
    server = proc.Server(f"the {kind} REST server", argv, dict(os.environ), log)
    server.await_ready(lambda: listens(port))
    return server, f"rest:http://127.0.0.1:{port}/"


class Restic:
    """restic: each step is a process of its own."""

    def __init__(self, paths, work, url, source, log):
        self.argv = [paths.restic, "--cache-dir", f"{work}/cache", "-r", url + "restic/"]
        self.env = dict(os.environ, RESTIC_PASSWORD=PASSWORD, RESTIC_PROGRESS_FPS="0.1")
        self.source, self.log = source, log
        self.start_cost = None

    def init(self):
        self._run("init")

    def backup(self):
        return self._run("backup", self.source)

    def restore(self, target):
        return self._run("restore", "latest", "--target", target)

    def check(self):
        return self._run("check", "--read-data")

    def _run(self, *step):
        return proc.run(self.argv + list(step), self.env, self.log)

    def close(self):
        pass


class Cofre:
    """cofre: the daemon does the work, a command asks for it; a step costs what both do."""

    def __init__(self, paths, work, url, source, log, heap):
        self.log = log
        config = self._write_config(work, url, source)
        self.env = dict(os.environ, COFRE_MAX_HEAP=heap)
        self.argv = [paths.cofre, "--config", config]
        self.daemon = proc.Server("the daemon", self.argv + ["daemon"], self.env, log)
        self.start_cost = self.daemon.await_ready(lambda: os.path.exists(f"{work}/cofred.sock"))

    @staticmethod
    def _write_config(work, url, source):
        with open(os.open(f"{work}/password", os.O_WRONLY | os.O_CREAT, 0o600), "w") as password:
            password.write(PASSWORD + "\n")
        with open(os.open(f"{work}/cofre.toml", os.O_WRONLY | os.O_CREAT, 0o600), "w") as config:
            config.write(
                f'[daemon]\nstate_dir = "{work}/state"\nprevious_dir = "{work}/previous"\n'
                f'socket = "{work}/cofred.sock"\n'
                f'[repository.bench]\nurl = "{url}cofre/"\npassword_file = "{work}/password"\n'
                f'[share.bench]\ndirectory = "{source}"\nrepository = "bench"\n'
            )
        return f"{work}/cofre.toml"

    def init(self):
        self._run("init")

    def backup(self):
        return self._run("backup", "bench")

    def restore(self, target):
        return self._run("restore", "latest:bench", "--target", target)

    def check(self):
        return self._run("check", "--read-data")

    def _run(self, *step):
        self.daemon.mark()
        return proc.run(self.argv + list(step), self.env, self.log).plus_program(*self.daemon.since_mark())

    def close(self):
        self.daemon.stop()
