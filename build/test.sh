#!/bin/sh
# Every check, each with its time; the first that fails ends the run.
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 # the same for every step, so that nothing is compiled twice

step() {
	name=$1
	shift
	start=$(date +%s)
	printf '== %s\n' "$name"
	"$@" || {
		printf '== %s failed after %ss\n' "$name" $(($(date +%s) - start))
		exit 1
	}
	printf '== %s: %ss\n' "$name" $(($(date +%s) - start))
}

formatted() {
	unformatted=$(gofmt -l app internal main.go)
	[ -z "$unformatted" ] || {
		printf 'gofmt would change:\n%s\n' "$unformatted"
		return 1
	}
}

# One program, two builds: the one without a window needs no cgo. What differs
# between systems is compiled for the others too; the whole program is, in make cross.
pure() {
	go build -o build/bin/kwadrans .
	for os in windows darwin; do
		GOOS=$os go vet ./internal/secrets ./internal/slots/slotbench
	done
}

# What a newcomer sees first.
demo() {
	out=$(mktemp -d)
	build/bin/kwadrans demo --out "$out/demo" >"$out/said" || {
		cat "$out/said"
		return 1
	}
	[ -s "$out/demo/invite.ics" ] && [ "$(ls "$out/demo"/*.eml | wc -l)" = 3 ]
	rm -rf "$out"
}

# The race detector slows SQLite tenfold, so harnesses of many processes are left
# to the run without it.
races() { CGO_ENABLED=1 go test -race -short -timeout 20m ./...; }

step 'packages' sh build/deps.sh
step 'gofmt' formatted
step 'go mod' go mod verify
step 'go vet' go vet ./...
step 'staticcheck' go tool staticcheck ./...
step 'build' pure
step 'demo' demo
step 'tests' go test -timeout 30m ./...
step 'races' races
