#!/bin/sh
# Installs what is missing from Debian, with sudo when not root. "deps.sh window" is
# what the window is built with; "deps.sh" is that and what the tests need, with the
# npm package that reads our calendar pages. What is there is left alone.
set -eu
cd "$(dirname "$0")/.."

window="libgtk-3-dev libwebkit2gtk-4.1-dev pkg-config gcc libc6-dev"

# gcc, libc6-dev     the race detector, and the reader of calendar pages in C
# libical-dev        calendar pages are read by libical …
# python3-icalendar  … by python3-icalendar (and by ical.js, from npm)
# gnome-keyring dbus the real keychain
# exim4-daemon-light letters go through a real mail server
# radicale xandikos  calendars are read from and written to real CalDAV servers
# xvfb, webkit2gtk-driver                        the window is driven on a screen of its own
# xdotool                                        the file dialog is answered by typing
# desktop-file-utils xdg-utils libglib2.0-bin    a desktop that opens kwadrans://
tests="xdotool libical-dev python3-icalendar gnome-keyring dbus exim4-daemon-light radicale xandikos xvfb webkit2gtk-driver desktop-file-utils xdg-utils libglib2.0-bin"

# built says whether the window can be built already, on whatever system.
built() {
	[ "$(uname)" != Linux ] || pkg-config --exists gtk+-3.0 webkit2gtk-4.1 2>/dev/null && command -v gcc >/dev/null
}

case "${1:-all}" in
window)
	! built || exit 0
	packages=$window
	;;
all) packages="$window $tests" ;;
*)
	echo "deps.sh knows no \"$1\"" >&2
	exit 2
	;;
esac

if ! command -v dpkg-query >/dev/null; then
	echo "This is not Debian. Install what your system calls: $packages" >&2
	exit 1
fi

missing=
for p in $packages; do
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
if [ -n "$missing" ]; then
	echo "installing from Debian:$missing"
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	$sudo apt-get update -qq
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

[ "${1:-all}" = all ] || exit 0
readers=internal/ical/testdata/readers
if [ ! -d $readers/node_modules/ical.js ]; then
	echo "installing from npm: ical.js"
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix $readers
fi
