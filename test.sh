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
run() { swift test "$@" 2>&1 | tee -a "$log" || status=$?; }

if [ "$#" -gt 0 ]; then
  run "$@"
else
  # Tests that talk to servers and terminals wait for one another's answers, and would wait behind those that only
  # compute; so these have the cores for themselves first.
  computing='^(Diagnostics|JSON|Tables|RegularExpressions|Digests|Events|Sigma|KQL|Detection|Hunting|Pipeline)Tests\.'
  swift build --build-tests
  run --skip-build --filter "$computing"
  run --skip-build --skip "$computing"
fi
if [ "$status" -ne 0 ]; then
  echo "What failed:"
  grep -E '✘|error:' "$log" | cut -c1-500 | tail -n 60 || true
fi
exit "$status"
