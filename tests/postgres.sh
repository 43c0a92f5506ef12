#!/usr/bin/env bash
# Print the folder of PostgreSQL's programs, after installing Debian's package where the machine has none.
# With --find, only look. In order: ISNAD_POSTGRES, Debian's folders, the one that pg_config names.
set -euo pipefail

find_postgres() {
  local folder
  if [ -n "${ISNAD_POSTGRES:-}" ]; then
    [ -x "$ISNAD_POSTGRES/initdb" ] || { echo "ISNAD_POSTGRES is no folder with an initdb: $ISNAD_POSTGRES" >&2; return 2; }
    echo "$ISNAD_POSTGRES"
    return
  fi
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse) "$(pg_config --bindir 2>/dev/null)"; do
    [ -x "$folder/initdb" ] && echo "$folder" && return
  done
  return 1
}

provide_postgres() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || {
    echo "No PostgreSQL server for the tests: install it, or set ISNAD_POSTGRES to the folder of its programs." >&2
    return 1
  }
  echo "No PostgreSQL server is installed; installing Debian's." >&2
  mkdir -p /etc/postgresql-common  # the tests make clusters of their own; the package's would only run beside them
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends postgresql >&2
}

if ! found=$(find_postgres); then
  [ -z "${ISNAD_POSTGRES:-}" ] && [ "${1:-}" != --find ] || exit 1
  provide_postgres
  found=$(find_postgres)
fi
echo "$found"
