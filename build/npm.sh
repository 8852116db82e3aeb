#!/bin/sh
# Installs what the page is built with, when it is missing or older than the lock file.
set -eu
cd "$(dirname "$0")/../frontend"
command -v npm >/dev/null || {
	echo "npm is missing: install Node.js 20.19 or newer" >&2
	exit 1
}
stamp=node_modules/.package-lock.json
if [ ! -f $stamp ] || [ package-lock.json -nt $stamp ]; then
	echo "installing from npm: what frontend/package-lock.json names"
	npm ci --no-audit --no-fund --loglevel=error
	touch $stamp
fi
