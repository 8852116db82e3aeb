#!/bin/sh
# Builds build/bin/kwadrans, the program with its window, around the page that lies
# in frontend/dist.
set -eu
cd "$(dirname "$0")/.."
version=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo dev)}
CGO_ENABLED=1 go build -tags desktop,production,webkit2_41 -trimpath -buildvcs=false \
	-ldflags "-s -w -X kwadrans/app/house.Version=$version" -o build/bin/kwadrans .
