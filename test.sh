#!/usr/bin/env bash
# Builds and runs all tests; arguments go to `swift test`. `--no-install` as for run.sh.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.ci/prepare.sh
. "$root/.ci/prepare.sh"

install=yes
if [ "${1:-}" = --no-install ]; then
  install=no
  shift
fi
prepare "$install"

cd "$root"
if [ "${CI:-}" = true ]; then
  export NO_COLOR=1 TERM=dumb
fi
# What failed stands at the end once more: the log of some thousand tests is long.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
swift test "$@" 2>&1 | tee "$log" || status=$?
if [ "$status" -ne 0 ]; then
  echo "What failed:"
  grep -E '✘|error:' "$log" | cut -c1-500 | tail -n 60 || true
fi
exit "$status"
