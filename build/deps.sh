#!/bin/sh
# Installs the Debian packages that the tests need, with sudo when not root, and
# the npm package that reads our calendar pages. What is there is left alone.
set -eu
cd "$(dirname "$0")/.."

# gcc, libc6-dev     the race detector, and the reader of calendar pages in C
# libical-dev        calendar pages are read by libical …
# python3-icalendar  … by python3-icalendar (and by ical.js, from npm)
# gnome-keyring dbus the real keychain
# exim4-daemon-light letters go through a real mail server
packages="gcc libc6-dev libical-dev python3-icalendar gnome-keyring dbus exim4-daemon-light"

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
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

readers=internal/ical/testdata/readers
if [ ! -d $readers/node_modules/ical.js ]; then
	echo "installing from npm: ical.js"
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix $readers
fi
