#!/bin/sh
# Called by `make test`: install what the tests need, then the checks, the tests on SQLite (browser included),
# the tests on PostgreSQL, and those of search on OpenSearch where it can be had.
set -eu
BIN=.venv/bin
missing=""
[ -x "${CHROMIUM:-/usr/bin/chromium-headless-shell}" ] || missing="$missing chromium-headless-shell"
command -v java >/dev/null || missing="$missing default-jre-headless"
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
# OpenSearch needs Maven and a recent JDK; where they cannot be had, its tests are skipped and say so.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    [ -n "$missing" ] || command -v mvn >/dev/null || apt-get update -qq || true
    command -v mvn >/dev/null || apt-get install -y -qq --no-install-recommends maven >/dev/null || true
    if ! ls -d /usr/lib/jvm/*-2[1-9]-* >/dev/null 2>&1; then
        for jdk in openjdk-25-jdk-headless openjdk-21-jdk-headless; do
            apt-get install -y -qq --no-install-recommends "$jdk" >/dev/null 2>&1 && break
        done
    fi
fi
sh bin/check.sh
echo "== Tests sur SQLite, avec navigateur"
$BIN/pytest -n auto --dist loadscope --no-loadscope-reorder -q -m "not opensearch"
echo "== Tests sur PostgreSQL"
sh bin/with-postgresql.sh $BIN/pytest -n auto --dist loadscope --no-loadscope-reorder -q -m "not navigateur and not opensearch"
echo "== Tests sur OpenSearch"
sh bin/with-opensearch.sh $BIN/pytest -q -m "contrat or opensearch" tests/search
