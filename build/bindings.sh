#!/bin/sh
# Writes frontend/wailsjs anew: what the page may call. The program is run up to its
# window and not further.
set -eu
cd "$(dirname "$0")/.."
go build -tags bindings -o build/bin/bindings .
said=$(tsoutputtype=interfaces build/bin/bindings 2>&1) || {
	echo "$said"
	exit 1
}
find frontend/wailsjs -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
