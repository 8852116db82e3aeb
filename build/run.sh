#!/bin/sh
# Starts the program. There is no window yet, so it says so and does the main job
# in the terminal.
set -eu
cd "$(dirname "$0")/.."
echo "Kwadrans has no window yet (it comes next). Here is the main job in the terminal:"
echo
go run . demo
echo
echo "Every step by hand: go run . --help, or docs/cli.md"
