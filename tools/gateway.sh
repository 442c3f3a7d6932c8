#!/bin/sh
# Install the Node gateway of tests/gateway once; without npm its tests say so.
set -eu
[ -f tests/gateway/package.json ] || exit 0
[ tests/gateway/node_modules/.installed -nt tests/gateway/package-lock.json ] && exit 0
command -v npm >/dev/null 2>&1 || { echo "npm is missing: the gateway tests cannot run" >&2; exit 0; }
(cd tests/gateway && npm ci --no-audit --no-fund --silent && touch node_modules/.installed)
