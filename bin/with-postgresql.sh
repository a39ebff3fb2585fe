#!/bin/sh
# Run a command with DATABASE_URL on a temporary PostgreSQL cluster, removed afterwards.
set -eu
PG="$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)"
DIR="$(mktemp -d)"
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$DIR"
    as_owner() { runuser -u postgres -- "$@"; }
fi
cleanup() { as_owner "$PG/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$DIR"; }
trap cleanup EXIT INT TERM
PORT="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
as_owner "$PG/initdb" -D "$DIR/data" -U essais --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$PG/pg_ctl" -D "$DIR/data" -w -l "$DIR/journal" \
    -o "-p $PORT -k $DIR -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" start >/dev/null
DATABASE_URL="postgres://essais@127.0.0.1:$PORT/postgres" "$@"
