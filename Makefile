# Kwadrans: everything is reached from here. "make help" lists it.
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: help run dev test soak build cli cross bindings screenshots bench bench-window deps demo docs clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## install what is missing, build the program and open its window
	@VERSION="$(VERSION)" sh build/run.sh

dev: ## open the window with its page straight from Vite, to work on it
	@sh build/dev.sh

test: ## install what is missing and run every check
	@sh build/test.sh

soak: ## the checks that are too long for every run (hours)
	@sh build/soak.sh

build: ## build build/bin/kwadrans, the program with its window
	@sh build/deps.sh window
	@sh build/npm.sh
	npm run --silent --prefix frontend build
	VERSION="$(VERSION)" sh build/window.sh

cli: ## build build/bin/kwadrans-cli, without a window and without cgo
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X kwadrans/app/house.Version=$(VERSION)" -o build/bin/kwadrans-cli .

cross: ## compile the whole program for Windows and macOS as well (minutes, cold)
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -o build/bin/kwadrans-cli.exe .
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -tags desktop,production -trimpath -ldflags "-H windowsgui" -o build/bin/kwadrans.exe .
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build -trimpath -o build/bin/kwadrans-cli-darwin .

bindings: ## write frontend/wailsjs anew: what the page may call
	@sh build/bindings.sh

screenshots: build ## write a picture of every screen to out/screenshots
	go test -tags e2e -count=1 -timeout 20m -run TestScreenshots ./app/desk/e2e -args -pictures "$(CURDIR)/out/screenshots" $(ARGS)

bench: ## run the benchmarks, for benchstat (BENCH=pattern COUNT=6 OUT=out/bench.txt)
	@BENCH="$(BENCH)" COUNT="$(COUNT)" TIME="$(TIME)" OUT="$(OUT)" sh build/bench.sh

bench-window: build ## weigh the window against a bare one, by turns
	go test -tags e2e -count=1 -v -timeout 20m -run TestBenchWindow ./app/desk/e2e -args -rounds 15 $(ARGS)

deps: ## install the Debian and npm packages that the tests need
	@sh build/deps.sh
	@sh build/npm.sh

demo: ## the main job from end to end, in out/demo
	go run . demo

docs: ## write docs/cli.md and the tables in docs/ anew from the code
	go test ./app/cli -run TestDocs -update
	go test ./internal/connect -run TestGuide -update

clean: ## remove what was built
	rm -rf build/bin out
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete
