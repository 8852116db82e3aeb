#!/bin/sh
# Every check, each with its time; the first that fails ends the run.
set -eu
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 # the same for every step, so that nothing is compiled twice

# A step runs in a shell of its own: in one that is asked "or else", -e is off.
step() {
	name=$1
	shift
	start=$(date +%s)
	printf '== %s\n' "$name"
	set +e
	(
		set -e
		"$@"
	)
	code=$?
	set -e
	[ $code = 0 ] || {
		printf '== %s failed after %ss\n' "$name" $(($(date +%s) - start))
		exit 1
	}
	printf '== %s: %ss\n' "$name" $(($(date +%s) - start))
}

formatted() {
	unformatted=$(gofmt -l app internal main.go frontend/*.go)
	[ -z "$unformatted" ] || {
		printf 'gofmt would change:\n%s\n' "$unformatted"
		return 1
	}
}

# One program, two builds: the one without a window needs no cgo. What differs
# on Windows is compiled too; the whole program, for macOS as well, is in make cross.
pure() {
	go build -o build/bin/kwadrans-cli .
	GOOS=windows go vet ./internal/secrets ./internal/slots/slotbench ./internal/desktop
}

# What a newcomer sees first.
demo() {
	out=$(mktemp -d)
	build/bin/kwadrans-cli demo --out "$out/demo" >"$out/said" || {
		cat "$out/said"
		return 1
	}
	[ -s "$out/demo/invite.ics" ]
	[ "$(ls "$out/demo"/*.eml | wc -l)" = 3 ]
	rm -rf "$out"
}

# What the page may call is committed, so that the page can be built without Go.
bindings() {
	sh build/bindings.sh
	git diff --exit-code --stat -- frontend/wailsjs &&
		[ -z "$(git ls-files --others --exclude-standard -- frontend/wailsjs)" ] || {
		echo 'frontend/wailsjs is out of step with app/desk: run "make bindings" and commit it'
		return 1
	}
}

frontend() {
	sh build/npm.sh
	for script in check lint test; do # the last one builds as well, to weigh it
		npm run --silent --prefix frontend $script
	done
}

# The page is checked beside the steps in Go, since much of it uses one core only.
beside() {
	log=$(mktemp)
	(step "$@") >"$log" 2>&1 &
	other=$!
	trap 'kill $other 2>/dev/null || true; rm -f "$log"' EXIT
}

# Only the shell that began it may wait for it, so this is no step.
joined() {
	code=0
	wait $other || code=$?
	cat "$log"
	[ $code = 0 ] || exit 1
}

# The program that ships. It alone needs cgo; its parts are compiled once for both.
window() {
	CGO_ENABLED=1 go vet -trimpath -tags desktop,production,webkit2_41 ./app ./frontend
	sh build/window.sh
}

# The race detector slows SQLite tenfold, so harnesses of many processes are left
# to the run without it, and so are rooms in which nothing runs beside anything, what
# asks the data file one thing after the other, and the command line, which only calls
# the others.
races() {
	# shellcheck disable=SC2046
	CGO_ENABLED=1 go test -race -short -timeout 20m \
		$(go list ./... | grep -vE '/app/cli$|/internal/(kwadrans|lang|slots|slots/.*|ical|ical/.*|setup|mail|store/.*)$|/frontend$')
	CGO_ENABLED=1 go test -race -short -timeout 20m -run 'Race|Changes' ./internal/store/sqlite
}

step 'packages' sh build/deps.sh
step 'gofmt' formatted
step 'go mod' go mod verify
step 'bindings' bindings
beside 'frontend' frontend
step 'go vet' go vet ./...
step 'staticcheck' go tool staticcheck ./...
step 'build' pure
step 'demo' demo
joined
step 'window' window
step 'tests' go test -timeout 30m ./...
step 'races' races
step 'e2e' go test -tags e2e -count=1 -timeout 15m ./app/desk/e2e
