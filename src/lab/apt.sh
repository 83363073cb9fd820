# apt.sh: a private apt, to be sourced (POSIX sh). It reads the Debian archive this machine already
# uses and downloads packages from it, and never touches the machine's own sources, lists or status.
#
#   debian_archive            prints the archive's address
#   private_apt DIR SUITE...  makes DIR/apt ready (with the suites' lists downloaded)
#   papt CMD ARG...           runs an apt command in it, e.g. papt apt-get download restic/trixie
#   cannot SENTENCE           prints the sentence and ends with 77: not possible on this machine
#
# The caller sets WHAT ("run the lab", "fetch the tools") for the sentences.

# The key ring of Debian itself: a machine's own sources may trust more than we want to.
DEBIAN_KEYRING=${COFRE_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

cannot() {
  printf 'cannot %s: %s\n' "$WHAT" "$*" >&2
  exit 77
}

# The address may carry a password (http://user:secret@mirror/): it never appears in a message.
without_userinfo() { printf '%s\n' "$1" | sed 's,//[^/@]*@,//,'; }

# One line "URI SUITE COMPONENTS" for each binary source in /etc/apt, of both styles
# (one-line *.list and deb822 *.sources); other files there (*.disabled, *.bak) do not count, as for apt.
apt_sources() {
  _dir=${COFRE_APT_DIR:-/etc/apt}
  cat "$_dir/sources.list" "$_dir"/sources.list.d/*.list 2>/dev/null \
    | sed -n -e 's/#.*//' -e 's/^[[:space:]]*deb[[:space:]]\{1,\}\(\[[^]]*\][[:space:]]*\)\{0,1\}//p'
  for _f in "$_dir"/sources.list.d/*.sources; do
    [ -f "$_f" ] || continue
    awk '
      function flush(   u, s, i, j) {
        if (types ~ /(^| )deb( |$)/ && enabled != "no") {
          nu = split(uris, u, " "); ns = split(suites, s, " ")
          for (i = 1; i <= nu; i++) for (j = 1; j <= ns; j++) print u[i], s[j], components
        }
        types = uris = suites = components = enabled = field = ""
      }
      /^[ \t]*#/ { next }
      /^[ \t]*$/ { flush(); next }
      /^[^ \t]/  { field = tolower($0); sub(/:.*/, "", field); sub(/^[^:]*:/, "") }
      { gsub(/[ \t]+/, " ") }
      field == "types"      { types = types " " $0 }
      field == "uris"       { uris = uris " " $0 }
      field == "suites"     { suites = suites " " $0 }
      field == "components" { components = components " " $0 }
      field == "enabled"    { enabled = $1 }
      END { flush() }' "$_f"
  done
}

# The machine may have several sources with Debian suite names (third parties copy them): an address that
# ends in /debian wins, else the first. Security and *-updates suites live elsewhere or add nothing.
debian_archive() {
  if [ -n "${COFRE_DEBIAN_ARCHIVE:-}" ]; then
    printf '%s\n' "$COFRE_DEBIAN_ARCHIVE"
    return
  fi
  apt_sources | awk '
    $2 ~ /^(bullseye|bookworm|trixie|forky|sid|oldstable|stable|testing|unstable)$/ && / main( |$)/ {
      sub(/\/+$/, "", $1)
      if (first == "") first = $1
      if (best == "" && $1 ~ /\/debian$/) best = $1
    }
    END { if (best != "") print best; else if (first != "") print first }'
}

# What the machine says about how to reach an archive (proxy, retries, dates of a frozen mirror) holds for
# the private apt as well; mmdebstrap does not read the machine's configuration, so it is handed over.
machine_acquire_options() {
  apt-config dump | grep -E '^Acquire::(Check-Valid-Until|Check-Date|Retries|ForceIPv[46]|https?::(Proxy|Proxy-Auto-Detect|Timeout|CaInfo|CaPath|Verify-Peer|Verify-Host)) ' || :
}

papt() {
  _cmd=$1
  shift
  "$_cmd" -c "$PAPT/apt.conf" "$@"
}

private_apt() {
  [ "$(uname -s)" = Linux ] && [ "$(uname -m)" = x86_64 ] \
    || cannot "this machine is $(uname -s) $(uname -m) and the packages are for Linux x86_64; run it on such a machine"
  for _c in apt-get apt-cache apt-config dpkg-deb; do
    command -v "$_c" >/dev/null || cannot "there is no $_c here, so this is not a Debian machine; run it on Debian"
  done
  [ -r "$DEBIAN_KEYRING" ] || cannot "$DEBIAN_KEYRING is missing; install debian-archive-keyring"
  ARCHIVE=$(debian_archive)
  [ -n "$ARCHIVE" ] || cannot "no Debian archive is named in /etc/apt; name one with COFRE_DEBIAN_ARCHIVE=http://.../debian"
  PAPT=$1/apt
  shift
  mkdir -p "$PAPT/state/lists/partial" "$PAPT/cache/archives/partial"
  : >"$PAPT/status"
  : >"$PAPT/sources.list"
  for _s in "$@"; do
    echo "deb [arch=amd64 signed-by=$DEBIAN_KEYRING] $ARCHIVE $_s main contrib" >>"$PAPT/sources.list"
  done
  # Read after the machine's own configuration (-c): proxies stay, hooks that would touch the machine go.
  # Sandbox: the private directories belong to whoever runs this, user _apt could not write there.
  # pkgcache: container images turn it off, and every apt command then parses all lists again.
  cat >"$PAPT/apt.conf" <<CONF
Dir::State "$PAPT/state";
Dir::State::status "$PAPT/status";
Dir::Cache "$PAPT/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "$PAPT/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Architecture "amd64";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
  # apt-get update only warns when a list cannot be had; then the old or no list would be used
  papt apt-get -qq -o APT::Update::Error-Mode=any update >"$PAPT/update.log" 2>&1 \
    || cannot "the archive $(without_userinfo "$ARCHIVE") does not give its package lists ($(sed -n 's/^[EW]: //p' "$PAPT/update.log" | head -1 | sed 's,//[^/@]*@,//,')); check the network, or name another with COFRE_DEBIAN_ARCHIVE"
}

# One line "PACKAGE VERSION" for each package the suite has, newest version only, sorted.
package_versions() { # SUITE PACKAGE...
  _suite=$1
  shift
  papt apt-cache madison "$@" | awk -v s="$_suite" '{ split($6, a, "/"); if (a[1] == s && !seen[$1]++) print $1, $3 }' | sort
}
