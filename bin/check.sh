#!/bin/sh
# The quick checks: style, types, import rules, migrations.
set -eu
BIN=.venv/bin
VAR_DIR="$(mktemp -d)"
export VAR_DIR
trap 'rm -rf "$VAR_DIR"' EXIT
$BIN/ruff check .
$BIN/ruff format --check .
$BIN/lint-imports
$BIN/python manage.py check --fail-level WARNING
$BIN/python manage.py makemigrations --check --dry-run
$BIN/mypy .
