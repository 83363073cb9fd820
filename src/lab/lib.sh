# lib.sh: functions for scenarios in the lab's guest. A scenario begins with
#
#   set -eu
#   . /cofre/src/lab/lib.sh
#
# and is run by `src/lab/run 'sh /cofre/src/lab/SCENARIO'`. Every function stops the scenario with a sentence when
# it cannot do what it promises. The guest is thrown away, so nothing cleans up after itself.
#
#   lab_step TEXT                     says where we are, with the seconds since the start
#   lab_fail TEXT                     stops the scenario
#   lab_same WHAT ACTUAL EXPECTED     stops it unless the two texts are equal
#   lab_wait SECONDS COMMAND...       until the command succeeds, or stops it
#   lab_pool NAME                     a pool on the next unused disk, mounted at /NAME
#   lab_snapshot SNAPSHOT...          atomic snapshot, then one careful first look into each
#   lab_user NAME                     a Unix and Samba user; the password is the name
#   lab_smbd_start FILE...            smbd with the shares of these smb.conf pieces
#   lab_smbd_stop
#   lab_smb USER SHARE 'COMMANDS'     smbclient
#   lab_farm FARM BASE                prints the lines of smb.conf that show a farm for the share at BASE
#   lab_farm_link FARM TIME TARGET    adds a restore point (TIME in seconds since 1970) to a farm
#   lab_gmt TIME                      the same time as SMB writes it: @GMT-YYYY.MM.DD-HH.MM.SS
#   lab_rest_server DIR [OPTION...]   real rest-server on $LAB_REST
#   lab_java ARGUMENT...              java as the guest wants it
#   lab_awkward_tree DIR / lab_change_tree DIR / lab_compare_trees [OPTION...] A B

LAB_SCRIPTS=/cofre/src/lab
LAB_START=$(date +%s)
LAB_SMB_PORT=4450
LAB_REST_PORT=8000
LAB_REST=http://127.0.0.1:$LAB_REST_PORT/
LAB_SAMBA=/run/lab-samba
LAB_NEXT_DISK=b

lab_step() { printf '== [%2s s] %s\n' "$(($(date +%s) - LAB_START))" "$*"; }

lab_fail() {
  printf 'lab: %s\n' "$*" >&2
  exit 1
}

lab_same() { [ "$2" = "$3" ] || lab_fail "$1: '$2' vs '$3' expected"; }

lab_wait() {
  _end=$(($(date +%s) + $1))
  shift
  until "$@" >/run/lab-wait.log 2>&1; do
    [ "$(date +%s)" -lt "$_end" ] || { cat /run/lab-wait.log >&2; lab_fail "still not so: $*"; }
    sleep 0.1
  done
}

# As an installation would make it: attributes in the inode (sa), POSIX ACLs for Samba, no access times.
lab_pool() {
  _disk=/dev/ubd$LAB_NEXT_DISK
  [ -b "$_disk" ] || lab_fail "no disk $_disk for pool $1; give src/lab/run one more with -d 4G"
  LAB_NEXT_DISK=$(echo "$LAB_NEXT_DISK" | tr bcdefg cdefgh)
  zpool create -f -O xattr=sa -O acltype=posixacl -O atime=off -O compression=lz4 -m "/$1" "$1" "$_disk" || lab_fail "cannot create pool $1"
}

# openzfs #17659: when several threads are the first to touch a snapshot at once, OpenZFS 2.3.9 on Linux panics.
# So one process opens it once. This is for scenarios; the program under test must do the same by itself.
lab_snapshot() {
  zfs snapshot "$@" || lab_fail "cannot snapshot $*"
  for _s in "$@"; do
    _at=$(zfs get -H -o value mountpoint "${_s%@*}")
    ls "$_at/.zfs/snapshot/${_s#*@}/." >/dev/null || lab_fail "cannot look into $_s"
  done
}

lab_samba_conf() {
  [ -d "$LAB_SAMBA" ] && return
  mkdir -p "$LAB_SAMBA/private" "$LAB_SAMBA/pid" "$LAB_SAMBA/lock" "$LAB_SAMBA/state" "$LAB_SAMBA/cache" "$LAB_SAMBA/ncalrpc"
  chmod 700 "$LAB_SAMBA/private"
  cat >"$LAB_SAMBA/global.conf" <<CONF
[global]
  server role = standalone server
  map to guest = never
  disable netbios = yes
  disable spoolss = yes
  load printers = no
  printcap name = /dev/null
  # lo only and a high port: nothing else listens, nothing else answers
  interfaces = lo
  bind interfaces only = yes
  smb ports = $LAB_SMB_PORT
  # directories of its own: those of the package are on the overlay, which smbd's databases do not like
  private dir = $LAB_SAMBA/private
  pid directory = $LAB_SAMBA/pid
  lock directory = $LAB_SAMBA/lock
  state directory = $LAB_SAMBA/state
  cache directory = $LAB_SAMBA/cache
  ncalrpc dir = $LAB_SAMBA/ncalrpc
  log file = $LAB_SAMBA/log
  log level = 1
CONF
  cp "$LAB_SAMBA/global.conf" "$LAB_SAMBA/smb.conf"
}

lab_user() {
  lab_samba_conf
  id "$1" >/dev/null 2>&1 || useradd -M -s /usr/sbin/nologin "$1" || lab_fail "cannot add user $1"
  printf '%s\n%s\n' "$1" "$1" | smbpasswd -c "$LAB_SAMBA/smb.conf" -s -a "$1" >/run/lab-smbpasswd.log 2>&1 \
    || { cat /run/lab-smbpasswd.log >&2; lab_fail "cannot add Samba user $1"; }
}

lab_smbd_start() {
  lab_samba_conf
  cat "$LAB_SAMBA/global.conf" "$@" >"$LAB_SAMBA/smb.conf"
  testparm -s "$LAB_SAMBA/smb.conf" >/run/lab-testparm.log 2>&1 || { cat /run/lab-testparm.log >&2; lab_fail 'testparm refuses smb.conf'; }
  # a session of its own: when it ends it sends SIGTERM to its whole process group, which would be this scenario
  setsid smbd -F --no-process-group -s "$LAB_SAMBA/smb.conf" >"$LAB_SAMBA/out" 2>&1 &
  LAB_SMBD=$!
  # "listens" is enough: the first session then waits for the rest
  lab_wait 30 sh -c "ss -ltn | grep -q '127.0.0.1:$LAB_SMB_PORT '"
}

lab_smbd_stop() {
  kill "$LAB_SMBD" && wait "$LAB_SMBD" || :
}

# smbclient's exit status is that of the last command only; a scenario compares what was printed or fetched.
lab_smb() { # USER SHARE COMMANDS
  smbclient -s "$LAB_SAMBA/smb.conf" -p "$LAB_SMB_PORT" -U "$1%$1" "//127.0.0.1/$2" -c "$3" 2>&1
}

lab_farm() {
  cat <<CONF
  vfs objects = shadow_copy2
  shadow:snapdir = $1
  shadow:basedir = $2
  shadow:format = rp-%Y%m%dT%H%M%SZ
CONF
}

# The link gets its name by rename: a half-made one could be listed (names are matched as a prefix).
lab_farm_link() {
  mkdir -p "$1"
  ln -sfn "$3" "$1/.new"
  mv -T "$1/.new" "$1/$(date -u -d "@$2" +rp-%Y%m%dT%H%M%SZ)"
}

lab_gmt() { date -u -d "@$1" +@GMT-%Y.%m.%d-%H.%M.%S; }

lab_rest_server() {
  _dir=$1
  shift
  # listens on the loopback only; --no-auth unless the scenario brings a password file
  case " $* " in *' --htpasswd-file '*) ;; *) set -- --no-auth "$@" ;; esac
  restic-rest-server --path "$_dir" --listen "127.0.0.1:$LAB_REST_PORT" "$@" >/run/lab-rest-server.log 2>&1 &
  LAB_REST_SERVER=$!
  lab_wait 30 sh -c "ss -ltn | grep -q '127.0.0.1:$LAB_REST_PORT '"
}

# One CPU and no swap: the serial collector, and no perf data file on a tmpfs that counts as memory.
lab_java() { java -XX:+UseSerialGC -XX:-UsePerfData -Djava.io.tmpdir=/tmp "$@"; }

lab_awkward_tree() { python3 "$LAB_SCRIPTS/awkward_tree.py" --strict "$1" || lab_fail "cannot make the tree in $1"; }
lab_change_tree() { python3 "$LAB_SCRIPTS/awkward_tree.py" --strict --change "$1" || lab_fail "cannot change the tree in $1"; }
lab_compare_trees() { python3 "$LAB_SCRIPTS/compare_trees.py" "$@"; }
