#!/bin/sh
# Builds the program with its window and opens it.
set -eu
cd "$(dirname "$0")/.."
if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	cat >&2 <<-'TEXT'
		There is no desktop session here to show a window in (neither DISPLAY nor
		WAYLAND_DISPLAY is set). Run "make run" in a desktop session. Without one:
		  make demo            the main job from end to end, in the terminal
		  go run . --help      the command line, which can do all that the window can
		  make build           the program with its window, in build/bin
	TEXT
	exit 1
fi
make --no-print-directory build
exec build/bin/kwadrans
