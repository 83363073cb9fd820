# lib.sh: functions for the tests of cofre as a person uses it: bin/cofre, real restic, real rest-server, on this machine.
# A test begins with
#
#   set -eu
#   NAME=acceptance
#   . "$(dirname "$0")/lib.sh"
#
# and gets an empty directory $WORK of its own, which goes away at the end with every program started through these
# functions. Its last line is `NAME: N passed, N failed`; the exit status is 0 only if nothing failed. Exit status 77:
# not possible on this machine, one line says why. KEEP=1 keeps the directory.
#
#   t SENTENCE COMMAND...            counts: does the command succeed?
#   refuses SENTENCE COMMAND...      counts: does it fail?
#   need SENTENCE COMMAND...         as t, and the test ends here if not
#   step TEXT                        says where we are, with the seconds since the start
#   finish                           the last line; ends the test
#   write_config URL [SHARE DIR]...  $CONFIG: one repository called main, its password in $WORK/password
#   cofre ARGUMENT...                the command line
#   daemon_start / daemon_stop / daemon_kill / daemon_reload
#   free_port                        prints a port nothing listens on
#   server_start cofre|real DIR / server_kill / server_stop        a REST server on $PORT; its address is $REST
#   json FILE EXPRESSION             evaluates a Python expression; `rows` and `data` are those of the events in FILE
#   same_trees A B                   every difference a user could care about
#   restic_14 / restic_18 REPOSITORY ARGUMENT...
#   pause_random MILLISECONDS        waits less than that

umask 022
ROOT=$(cd "$(dirname "$0")/../../.." && pwd -P)
COFRE=$ROOT/bin/cofre
BEGAN=$(date +%s)
passed=0
failed=0
started=

if [ -z "${COFRE_TOOLS:-}" ]; then
  COFRE_TOOLS=$("$ROOT/bin/tools")
fi
command -v python3 >/dev/null || { echo "cannot run $NAME: there is no python3 here; install it" >&2; exit 77; }
WORK=$(mktemp -d "${TMPDIR:-/tmp}/cofre-$NAME.XXXXXX")
CONFIG=$WORK/cofre.toml
# Short: the path of a Unix socket holds about a hundred bytes.
SOCKET=$WORK/s
PORT=
DAEMON=
SERVER=

clean_up() {
  for _pid in $started; do
    kill -9 "$_pid" 2>/dev/null || :
  done
  wait
  if [ -n "${KEEP:-}" ]; then
    echo "kept: $WORK" >&2
  else
    rm -rf "$WORK"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

step() { printf '== [%3s s] %s\n' "$(($(date +%s) - BEGAN))" "$*"; }

show_log() { sed 's/^/    /' "$WORK/log" | tail -25 >&2; }

passes() {
  passed=$((passed + 1))
  printf 'ok      %s\n' "$1"
}

fails() {
  failed=$((failed + 1))
  printf 'FAILED  %s\n' "$1"
  show_log
}

t() {
  _what=$1
  shift
  if "$@" >"$WORK/log" 2>&1; then passes "$_what"; else fails "$_what"; fi
}

refuses() {
  _what=$1
  shift
  if "$@" >"$WORK/log" 2>&1; then fails "$_what"; else passes "$_what"; fi
}

need() {
  _failed=$failed
  t "$@"
  [ "$failed" = "$_failed" ] || finish
}

finish() {
  step 'end'
  printf '%s: %d passed, %d failed\n' "$NAME" "$passed" "$failed"
  [ "$failed" = 0 ] || exit 1
  exit 0
}

write_config() {
  printf '%s\n' correct-horse >"$WORK/password"
  chmod 600 "$WORK/password"
  {
    printf '[daemon]\nstate_dir = "%s/state"\nprevious_dir = "%s/previous"\nsocket = "%s"\n' "$WORK" "$WORK" "$SOCKET"
    printf '[repository.main]\nurl = "%s"\npassword_file = "%s/password"\n%s\n' "$1" "$WORK" "${REPOSITORY_LINES:-}"
    shift
    while [ $# -gt 0 ]; do
      printf '[share.%s]\ndirectory = "%s"\nrepository = "main"\n' "$1" "$2"
      shift 2
    done
  } >"$CONFIG"
  chmod 600 "$CONFIG"
}

cofre() { "$COFRE" --config="$CONFIG" "$@"; }

# SECONDS COMMAND...
wait_until() {
  _end=$(($(date +%s) + $1))
  shift
  until "$@" 2>/dev/null; do
    [ "$(date +%s)" -lt "$_end" ] || { echo "still not so: $*" >&2; return 1; }
    sleep 0.05
  done
}

forget_pid() {
  _rest=
  for _pid in $started; do
    [ "$_pid" = "$1" ] || _rest="$_rest $_pid"
  done
  started=$_rest
}

daemon_start() {
  : >"$WORK/daemon.log" # now, not when the background gets to it: the last daemon's words are no sign of this one's start
  "$COFRE" --config="$CONFIG" daemon >"$WORK/daemon.log" 2>&1 &
  DAEMON=$!
  started="$started $DAEMON"
  wait_until 60 began "$DAEMON" "$WORK/daemon.log" && kill -0 "$DAEMON" || { tail "$WORK/daemon.log" >&2; return 1; }
}

# PID LOG: has it started, or ended instead?
began() { grep -q event=started "$2" || ! kill -0 "$1"; }

# Makes the daemon read its configuration again.
daemon_reload() {
  _reloads=$(grep -c event=reloaded "$WORK/daemon.log" || :)
  kill -HUP "$DAEMON"
  wait_until 30 sh -c "[ \$(grep -c event=reloaded '$WORK/daemon.log') -gt $_reloads ]" || { tail "$WORK/daemon.log" >&2; return 1; }
}

daemon_stop() {
  kill "$DAEMON"
  _status=0
  wait "$DAEMON" || _status=$?
  forget_pid "$DAEMON"
  return $_status
}

daemon_kill() {
  kill -9 "$DAEMON"
  wait "$DAEMON" 2>/dev/null || :
  forget_pid "$DAEMON"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

listens() {
  python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)' "$1"
}

server_start() {
  [ -n "$PORT" ] || PORT=$(free_port)
  REST=rest:http://127.0.0.1:$PORT/
  case $1 in
    cofre) "$COFRE" rest-server --path="$2" --listen="127.0.0.1:$PORT" --no-auth >"$WORK/server.log" 2>&1 & ;;
    real) "$COFRE_TOOLS/rest-server" --path "$2" --listen "127.0.0.1:$PORT" --no-auth >"$WORK/server.log" 2>&1 & ;;
  esac
  SERVER=$!
  started="$started $SERVER"
  wait_until 60 listens "$PORT" || { tail "$WORK/server.log" >&2; return 1; }
}

server_kill() {
  kill -9 "$SERVER"
  wait "$SERVER" 2>/dev/null || :
  forget_pid "$SERVER"
}

server_stop() {
  kill "$SERVER"
  wait "$SERVER" 2>/dev/null || :
  forget_pid "$SERVER"
}

json() {
  python3 - "$1" "$2" <<'PYTHON'
import json, sys
events = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
rows = [e["row"] for e in events if e["event"] == "item"]
data = next((e.get("data", {}) for e in events if e["event"] == "result"), None)
value = eval(sys.argv[2])
if value is not None:
    print(value)
sys.exit(1 if value is False else 0)
PYTHON
}

same_trees() { python3 "$ROOT/src/lab/compare_trees.py" "$@"; }

restic_with() { # PROGRAM REPOSITORY ARGUMENT...
  _restic=$COFRE_TOOLS/$1
  _repository=$2
  shift 2
  RESTIC_PASSWORD=correct-horse RESTIC_CACHE_DIR=$WORK/restic-cache RESTIC_PROGRESS_FPS=0.1 "$_restic" -r "$_repository" "$@"
}
restic_14() { restic_with restic-0.14 "$@"; }
restic_18() { restic_with restic-0.18 "$@"; }

random_below() { od -An -N4 -tu4 /dev/urandom | awk -v n="$1" '{ print $1 % n }'; }

pause_random() { sleep "$(random_below "$1" | awk '{ printf "%.3f", $1 / 1000 }')"; }
