#!/bin/sh
# Opens the window with the page straight from Vite: a change is seen at once. What
# is changed in Go needs a new start.
set -eu
cd "$(dirname "$0")/.."
sh build/deps.sh window
sh build/npm.sh
CGO_ENABLED=1 go build -tags dev,webkit2_41 -o build/bin/kwadrans-dev .
(cd frontend && exec node_modules/.bin/vite --host 127.0.0.1 --port 5173 --strictPort) &
vite=$!
trap 'kill $vite 2>/dev/null || true' EXIT INT TERM
# Wails reads these from the environment; its flags of the same names would meet ours.
devserver=127.0.0.1:34115 frontenddevserverurl=http://127.0.0.1:5173 build/bin/kwadrans-dev
