#!/bin/sh
# Every benchmark, in the form that benchstat compares. Seeds are fixed, so two
# runs of one machine differ by the code and by what else it does:
#   make bench OUT=old.txt; …; make bench OUT=new.txt; benchstat old.txt new.txt
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0
out=${OUT:-out/bench.txt}
mkdir -p "$(dirname "$out")"
rooms=$(grep -rl --include='*_test.go' '^func Benchmark' internal app | xargs -n1 dirname | sort -u | sed 's|^|./|')
# shellcheck disable=SC2086
go test -p 1 -run '^$' -bench "${BENCH:-.}" -benchmem -benchtime "${TIME:-0.3s}" -count "${COUNT:-6}" -timeout 2h $rooms >"$out" || {
	cat "$out"
	exit 1
}
cat "$out"
