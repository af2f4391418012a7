#!/usr/bin/env bash
# Installs the real servers that the tests of the server profile use: Redis, PostgreSQL 15 and pgvector, and the
# library the headless browser needs. For Debian 12, as root; safe to run again, and quick when all is there.
# pgvector is not packaged for PostgreSQL 15, so it is built from the source package of Debian 13 (trixie), taken
# from the mirror this machine already uses.
set -euo pipefail

POSTGRES=15
PG_CONFIG="/usr/lib/postgresql/$POSTGRES/bin/pg_config"
VECTOR_CONTROL="/usr/share/postgresql/$POSTGRES/extension/vector.control"
export DEBIAN_FRONTEND=noninteractive

say() { echo "test-servers: $*"; }
fail() { say "$*" >&2; exit 1; }

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
  done
}

install_packages() {
  local packages
  mapfile -t packages < <(missing_packages "$@")
  [ "${#packages[@]}" -gt 0 ] || return 0
  say "installing ${packages[*]}"
  # Services are started by the tests on free ports, never by the package: keep the packages from starting them.
  local policy=/usr/sbin/policy-rc.d made_policy=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    made_policy=yes
  fi
  local status=0
  apt-get install --yes --quiet --quiet --no-install-recommends "${packages[@]}" >"$LOG" 2>&1 || status=$?
  if [ -n "$made_policy" ]; then rm -f "$policy"; fi
  if [ "$status" -ne 0 ]; then
    tail -n 20 "$LOG" >&2
    fail "apt-get could not install ${packages[*]}"
  fi
}

# The first repository of this machine that serves the installed release's main component.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
    awk -v codename="$1" '$2 == codename && $3 == "main" { print $1; exit }'
}

build_pgvector() {
  local mirror work
  mirror=$(debian_mirror "$VERSION_CODENAME")
  [ -n "$mirror" ] || fail "no Debian mirror with $VERSION_CODENAME main is configured in /etc/apt"
  say "building pgvector for PostgreSQL $POSTGRES"
  work="$TEMPORARY/pgvector"
  mkdir -p "$work/lists/partial" "$work/source"
  chmod -R a+rwX "$TEMPORARY"
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/sources.list"
  local apt=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/lists" -o APT::Sandbox::User=root)
  (
    apt-get "${apt[@]}" --quiet --quiet update
    cd "$work/source"
    apt-get "${apt[@]}" --quiet --quiet source pgvector
    cd pgvector-*/
    make --silent OPTFLAGS="" PG_CONFIG="$PG_CONFIG"
    make --silent OPTFLAGS="" PG_CONFIG="$PG_CONFIG" install
  ) >"$LOG" 2>&1 || { tail -n 20 "$LOG" >&2; fail "pgvector could not be built"; }
}

[ -r /etc/os-release ] || fail "this is no Debian: install Redis 7, PostgreSQL 15 with pgvector, and libnss3 yourself"
. /etc/os-release
PACKAGES=(redis-server "postgresql-$POSTGRES" libnss3)
if [ -z "$(missing_packages "${PACKAGES[@]}")" ] && [ -e "$VECTOR_CONTROL" ]; then
  say "Redis, PostgreSQL $POSTGRES with pgvector and the browser's library are there"
  exit 0
fi
[ "${ID:-}" = debian ] || fail "this is ${ID:-unknown}, not Debian: install Redis 7, PostgreSQL 15 with pgvector, and libnss3 yourself"
[ "$(id -u)" -eq 0 ] || fail "must run as root to install packages: sudo bash scripts/test-servers.sh"

TEMPORARY=$(mktemp -d)
trap 'rm -rf "$TEMPORARY"' EXIT
LOG="$TEMPORARY/log"
apt-get --quiet --quiet update >"$LOG" 2>&1 || { tail -n 20 "$LOG" >&2; fail "apt-get update failed"; }
install_packages "${PACKAGES[@]}"
if [ ! -e "$VECTOR_CONTROL" ]; then
  install_packages "postgresql-server-dev-$POSTGRES" build-essential dpkg-dev
  build_pgvector
fi
say "ready: $(redis-server --version | cut -d' ' -f1-3), $("$PG_CONFIG" --version), pgvector $(sed -n "s/^default_version = '\(.*\)'/\1/p" "$VECTOR_CONTROL")"
