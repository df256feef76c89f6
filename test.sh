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
exec swift test "$@"
