# Kwadrans: everything is reached from here. "make help" lists it.
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: help run test soak build cross deps demo docs clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## build and start the program; without a window it does the demo
	@sh build/run.sh

test: ## install what is missing and run every check
	@sh build/test.sh

soak: ## the checks that are too long for every run (hours)
	@sh build/soak.sh

build: ## build build/bin/kwadrans, without a window and without cgo
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X kwadrans/app/house.Version=$(VERSION)" -o build/bin/kwadrans .

cross: ## compile the whole program for Windows and macOS as well (minutes, cold)
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -o build/bin/kwadrans.exe .
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build -trimpath -o build/bin/kwadrans-darwin .

deps: ## install the Debian and npm packages that the tests need
	@sh build/deps.sh

demo: ## the main job from end to end, in out/demo
	go run . demo

docs: ## write docs/cli.md and the tables in docs/ anew from the code
	go test ./app/cli -run TestDocs -update
	go test ./internal/connect -run TestGuide -update

clean: ## remove what was built
	rm -rf build/bin out
