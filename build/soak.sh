#!/bin/sh
# The long harnesses: ten thousand kills, long races, long fuzzing. They print
# what they skip (a disk of their own needs root).
set -eu
cd "$(dirname "$0")/.."
sh build/deps.sh
make cross
KWADRANS_SOAK=1 go test -timeout 6h -v -run 'Kill|Race|Dense|Flip|Migration|Backup|Soak|Random' ./app/house ./internal/store/... ./internal/connect ./internal/booking ./internal/outbox
go list ./... | while read -r pkg; do
	for f in $(go test -list '^Fuzz' "$pkg" | grep '^Fuzz' || true); do
		echo "== $pkg $f"
		go test -run '^$' -fuzz "^$f\$" -fuzztime "${FUZZTIME:-10m}" "$pkg"
	done
done
