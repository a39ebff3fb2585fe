#!/bin/sh
# Called by `make test`: install what the tests need, then the checks, the tests on SQLite (browser included),
# and the tests on PostgreSQL.
set -eu
BIN=.venv/bin
missing=""
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installation de :$missing"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core >/dev/null
    else
        echo "Il manque :$missing."
        echo "Sur Debian ou Ubuntu : sudo apt-get install --no-install-recommends$missing"
        echo "Ailleurs, installez-les et indiquez Chromium par CHROMIUM=/chemin/vers/chromium."
        exit 1
    fi
fi
sh bin/check.sh
echo "== Tests sur SQLite, avec navigateur"
$BIN/pytest -n auto --dist loadscope -q
echo "== Tests sur PostgreSQL"
sh bin/with-postgresql.sh $BIN/pytest -n auto --dist loadscope -q -m "not navigateur"
