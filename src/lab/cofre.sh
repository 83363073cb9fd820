# cofre.sh: functions for scenarios that run cofre as it is installed. After lib.sh:
#
#   . /cofre/src/lab/cofre.sh
#
#   cofre_install                          what was built in the checkout, to /usr/local
#   cofre_config URL [SHARE DATASET]...    /usr/local/etc/cofre/cofre.toml with one repository called central
#   cofre_start / cofre_stop / cofre_kill  the daemon; kill is kill -9. $COFRE_AS, if set, are words that begin it
#   cofre ARGUMENT...                      the command line (it knows where the configuration is)
#   cofre_backup FILE ARGUMENT...          cofre --json backup, its events into FILE
#   cofre_json FILE EXPRESSION             evaluates a Python expression: `rows` and `data` are those of the events in FILE
#   cofre_held DATASET                     the snapshots of the dataset that anything holds, one per line
#   cofre_told FILE EXPRESSION SENTENCE    stops the scenario unless the expression is true of the events in FILE
#   cofre_bookmarks DATASET                its bookmarks, one per line
#   as_restic ARGUMENT...                  restic, with the password of the repository

COFRE_CONFIG=/usr/local/etc/cofre/cofre.toml
COFRE_PASSWORD=/usr/local/etc/cofre/central.password
COFRE_LOG=/run/cofred.log
COFRE_SOCKET=/run/cofre/cofred.sock

cofre_install() {
  # As it would be installed: bin/cofre finds the others beside itself. A copy: the checkout may be built anew meanwhile.
  mkdir -p /usr/local/share/java/cofre /usr/local/lib/cofre /usr/local/etc/cofre /run/cofre
  cp /cofre/bin/cofre /usr/local/bin/
  cp /cofre/target/cofre.jar /usr/local/share/java/cofre/ || lab_fail 'cannot find target/cofre.jar; build it on the host: mvn package'
  # without it the Java twins do the same
  [ ! -f /cofre/native/build/libcofre.so ] || cp /cofre/native/build/libcofre.so /usr/local/lib/cofre/
  printf 'correct-horse\n' >$COFRE_PASSWORD
  chmod 600 $COFRE_PASSWORD
  # one slow CPU: what the class archive saves is worth its making
  /usr/local/bin/cofre --make-cds >/dev/null || lab_fail 'no archive of classes'
}

cofre_config() { # URL [SHARE DATASET]...
  {
    printf '[daemon]\nsocket = "%s"\n' $COFRE_SOCKET
    printf '[repository.central]\nurl = "%s"\npassword_file = "%s"\n' "$1" $COFRE_PASSWORD
    shift
    while [ $# -gt 0 ]; do
      printf '[share.%s]\ndataset = "%s"\nrepository = "central"\n' "$1" "$2"
      shift 2
    done
  } >$COFRE_CONFIG
  chmod 600 $COFRE_CONFIG
}

cofre() { /usr/local/bin/cofre --config=$COFRE_CONFIG "$@"; }

cofre_start() {
  # not the function: what is killed must be the daemon, not a shell that waits for it
  : >$COFRE_LOG # by this shell, before it waits: the start of the one before must not be taken for this one's
  # shellcheck disable=SC2086
  ${COFRE_AS:-} /usr/local/bin/cofre --config=$COFRE_CONFIG daemon >$COFRE_LOG 2>&1 &
  COFRE_DAEMON=$!
  lab_wait 120 grep -q event=started $COFRE_LOG
}

cofre_stop() { kill "$COFRE_DAEMON" && wait "$COFRE_DAEMON" || lab_fail "the daemon ended badly: $(tail -5 $COFRE_LOG)"; }

cofre_kill() {
  kill -9 "$COFRE_DAEMON"
  wait "$COFRE_DAEMON" 2>/dev/null || :
}

cofre_backup() { # FILE ARGUMENT...
  _file=$1
  shift
  cofre --json backup "$@" >"$_file" 2>"$_file.err" || { cat "$_file" "$_file.err" >&2; return 1; }
}

cofre_json() {
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

cofre_held() { zfs list -H -t snapshot -o name,userrefs -r -d 1 "$1" | awk '$2 > 0 { print $1 }'; }

cofre_told() { cofre_json "$1" "$2" >/dev/null || lab_fail "$3: $(grep -v '"progress"' "$1")"; }

cofre_bookmarks() { zfs list -H -t bookmark -o name -r -d 1 "$1"; }

as_restic() { RESTIC_PASSWORD=correct-horse RESTIC_CACHE_DIR=/tmp/restic-cache restic "$@"; }
