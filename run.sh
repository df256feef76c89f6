#!/usr/bin/env bash
# Builds Watchfloor and runs it.
#
#   ./run.sh                    the demo, offline
#   ./run.sh shell              the interactive shell
#   ./run.sh detect --input F   any command, in your own folder
#   ./run.sh --no-install …     says what is missing instead of installing it
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

build() {
  local started=$SECONDS
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  say "Building …"
  if ! (cd "$root" && swift build -c release --product watchfloor) >"$log" 2>&1; then
    cat "$log" >&2
    die "the build failed" "The messages above say why"
  fi
  rm -f "$log"
  trap - EXIT
  say "Built in $((SECONDS - started)) s."
}
build

program=$root/.build/release/watchfloor
if [ $# -eq 0 ]; then
  exec "$program" run --input "$root/Fixtures/demo.json" --offline --format table
elif [ "$1" = shell ]; then
  shift
fi
exec "$program" "$@"
