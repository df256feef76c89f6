# shellcheck shell=bash
# What run.sh and test.sh share: checks Swift and the C libraries, and installs those that are missing.
# Sourced, with the repository's folder in $root. Talks to standard error only.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $1"
  say "  $2"
  exit 1
}

# The first number like 6.3 in what the compiler says of itself.
swift_version() { swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1; }

check_swift() {
  command -v swift >/dev/null || die "Swift is not installed" "Install Swift 6.1 or newer: https://www.swift.org/install"
  local version major minor
  version=$(swift_version)
  major=${version%%.*}
  minor=${version#*.}
  if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 1 ]; }; then
    die "Swift ${version:-of an unknown version} is too old" "Install Swift 6.1 or newer: https://www.swift.org/install"
  fi
}

# Runs a command as root.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "installing needs root, and there is no sudo" "Run as root: $*"
  fi
}

has_library() { command -v pkg-config >/dev/null && pkg-config --exists "$1"; }

# The Debian packages that are missing, one a line.
missing_debian() {
  command -v pkg-config >/dev/null || echo pkg-config
  has_library libedit || [ -f /usr/include/histedit.h ] || echo libedit-dev
  has_library libcurl || compgen -G '/usr/include/*/curl/curl.h' >/dev/null || echo libcurl4-openssl-dev
  has_library libcrypto || [ -f /usr/include/openssl/evp.h ] || echo libssl-dev
  has_library zlib || [ -f /usr/include/zlib.h ] || echo zlib1g-dev
  has_library re2 || [ -f /usr/include/re2/re2.h ] || echo libre2-dev
}

install_debian() {
  local missing
  mapfile -t missing < <(missing_debian)
  [ "${#missing[@]}" -eq 0 ] && return
  [ "$may_install" = yes ] || die "missing: ${missing[*]}" "Run: apt-get install ${missing[*]}"
  say "Installing ${missing[*]} with apt-get …"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

install_homebrew() {
  command -v brew >/dev/null || die "Homebrew is not installed" "Install it (https://brew.sh) or libedit, openssl, curl, zlib, re2 and pkgconf"
  local formula missing=()
  for formula in libedit openssl@3 curl zlib re2 pkgconf; do
    brew list --versions "$formula" >/dev/null 2>&1 || missing+=("$formula")
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    [ "$may_install" = yes ] || die "missing: ${missing[*]}" "Run: brew install ${missing[*]}"
    say "Installing ${missing[*]} with Homebrew …"
    brew install --quiet "${missing[@]}" >&2
  fi
  # Homebrew keeps these apart from the system's own; pkg-config finds them by path.
  for formula in libedit openssl@3 curl zlib; do
    PKG_CONFIG_PATH="$(brew --prefix "$formula")/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
  done
  export PKG_CONFIG_PATH
  # The C++ target names its library without pkg-config.
  CPATH="$(brew --prefix)/include${CPATH:+:$CPATH}"
  LIBRARY_PATH="$(brew --prefix)/lib${LIBRARY_PATH:+:$LIBRARY_PATH}"
  export CPATH LIBRARY_PATH
}

# Leaves a machine on which `swift build` can succeed. $1: yes, or no to refuse to install.
prepare() {
  may_install=$1
  check_swift
  if [ "$(uname)" = Darwin ]; then
    install_homebrew
  elif command -v apt-get >/dev/null; then
    install_debian
  else
    local library
    for library in libedit libcurl libcrypto zlib re2; do
      has_library "$library" || die "missing: $library" "Install its development package and pkg-config, then run this again"
    done
  fi
}
