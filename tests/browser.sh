#!/usr/bin/env bash
# Print the path of a Chromium for the browser tests, after providing one where the machine has none.
# With --find, only look. In order: ISNAD_CHROMIUM, an installed browser, playwright's own, Debian's package.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || python=python3

find_chromium() {
  local name
  if [ -n "${ISNAD_CHROMIUM:-}" ]; then
    [ -x "$ISNAD_CHROMIUM" ] || { echo "ISNAD_CHROMIUM is no executable file: $ISNAD_CHROMIUM" >&2; return 2; }
    echo "$ISNAD_CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  name=$("$python" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null) || return
  "$name" --version >/dev/null 2>&1 || return  # it is there, and so are the system libraries that it needs
  echo "$name"
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

provide_chromium() {
  echo "No Chromium is installed; fetching playwright's." >&2
  if timeout 300 "$python" -m playwright install chromium >&2 && find_chromium >/dev/null; then return; fi
  can_apt || {
    echo "No browser for the tests: install Chromium, or set ISNAD_CHROMIUM to one." >&2
    return 1
  }
  echo "That gave none that starts; installing Debian's chromium." >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium fonts-noto-core >&2
}

if ! found=$(find_chromium); then
  [ -z "${ISNAD_CHROMIUM:-}" ] && [ "${1:-}" != --find ] || exit 1
  provide_chromium
  found=$(find_chromium)
fi
echo "$found"
