# Sourced by ./run and ./test: makes sure of what they need, and says what it is doing.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '· %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else
    echo "This needs the package manager, and so root: run as root once: $*" >&2
    exit 1
  fi
}

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Install these with your system's package manager, then start again: $*" >&2
    exit 1
  fi
  say "Installing $*"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 || { echo "The .NET 10 SDK is missing. Install it first." >&2; exit 1; }
}

has_postgres() {
  local initdb version
  for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
    [ -x "$initdb" ] || continue
    version=$("$initdb" --version | grep -oE '[0-9]+' | head -n 1)
    [ "$version" -ge 15 ] && return 0
  done
  return 1
}

need_postgres() {
  has_postgres && return 0
  # The package would start a server of its own; ours is private.
  if [ -d /etc ] && command -v apt-get >/dev/null 2>&1; then
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.d/sourcing.conf >/dev/null
  fi
  install_packages postgresql
  has_postgres || { echo "PostgreSQL 15 or newer could not be installed." >&2; exit 1; }
}

need_chromium() {
  # The shell alone draws pages without a window around each: half the work of the whole browser. Where a distribution has none, the browser does.
  command -v chromium-headless-shell >/dev/null 2>&1 || (install_packages chromium-headless-shell fonts-liberation) >/dev/null 2>&1 ||
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || install_packages chromium fonts-liberation
  # Asked for by name: a search that ends at its first hit would break the pipe and count as none.
  if command -v fc-list >/dev/null 2>&1 && [ -z "$(fc-list "Liberation Sans" family)" ]; then install_packages fonts-liberation; fi
}
