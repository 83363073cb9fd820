#!/bin/sh
# Makes the golden repositories again: make.sh RESTIC_0_14 RESTIC_0_18 OUTPUT_DIRECTORY
# Needs Linux, root (device nodes, owners, a private mount), python3 and zip. See README.md.
set -eu
if [ -z "${GOLDEN_INNER:-}" ]; then
    old=$(realpath "$1") new=$(realpath "$2") out=$(realpath "$3")
    here=$(dirname "$(realpath "$0")")
    # own mounts and host name: no path and no name of the maker's machine gets into the files
    exec env GOLDEN_INNER=1 unshare -m -u -- sh "$here/make.sh" "$old" "$new" "$out" "$here"
fi
old=$1 new=$2 out=$3 here=$4
hostname golden
mount -t tmpfs tmpfs /srv
mkdir /srv/obras /srv/repo /srv/cache
export TZ=UTC LC_ALL=C.UTF-8 RESTIC_PASSWORD='correct horse ç' RESTIC_CACHE_DIR=/srv/cache
export HOME=/srv

# make NAME RESTIC INIT_OPTION SIZE_OF_SPARSE FIRST_BACKUP_OPTION SECOND_BACKUP_OPTION
make() {
    rm -rf /srv/obras /srv/repo/x
    mkdir /srv/obras
    python3 "$here/content.py" /srv/obras "$4"
    r="$2 -q -r /srv/repo/x"
    $r init --repository-version "$3"
    $r backup $5 --host golden --tag primeiro --tag 'two words' --exclude '*.tmp' --with-atime /srv/obras
    printf 'changed\n' >>/srv/obras/plain
    $r backup $6 --host golden /srv/obras
    TZ=America/Sao_Paulo $r backup --host offset --time '2018-01-15 10:00:00' /srv/obras/dir
    # a lock as it is while somebody works: a backup that waits for its input
    mkfifo /srv/hold
    $r backup --host golden --stdin --stdin-filename dump </srv/hold &
    exec 3>/srv/hold
    until [ -n "$(ls /srv/repo/x/locks)" ]; do :; done
    mkdir /srv/kept && cp /srv/repo/x/locks/* /srv/kept/
    printf dump >&3
    exec 3>&-
    wait
    mv /srv/kept/* /srv/repo/x/locks/
    rm -r /srv/kept /srv/hold
    rm -f "$out/$1.zip"
    (cd /srv/repo/x && zip -q -X -D -r "$out/$1.zip" .)
}

make restic-0.14-v1 "$old" 1 20000 '' ''
make restic-0.14-v2 "$old" 2 600000 '--compression auto' '--compression max'
make restic-0.18-v2 "$new" 2 600000 '--compression max' '--compression off'
