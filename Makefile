# The two commands: `make start` and `make test`. The rest is for contributors.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
COMPILE := $(CURDIR)/$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: start test check lock install install-dev dev clean benchmark

start: install ## Build everything and serve on $(PORT)
	@PORT=$(PORT) PYTHON=$(BIN)/python sh bin/start.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire (PYTHON=python3.12 make start)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	$(PIP_INSTALL) -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@ $(VENV)/.base

install: $(VENV)/.base
install-dev: $(VENV)/.dev

test: install-dev ## Everything that must hold before a change lands
	@sh bin/test.sh

check: install-dev ## Only the quick checks: style, types, import rules, migrations
	@sh bin/check.sh

dev: install-dev ## Development server, DEBUG on
	DJANGO_SETTINGS_MODULE=config.settings.dev $(BIN)/python manage.py runserver $(PORT)

lock: install-dev ## Lock the dependencies again (add UPGRADE=--upgrade to refresh them)
	cd requirements && for set in base production dev; do $(COMPILE) $(UPGRADE) -o $$set.txt $$set.in || exit 1; done

clean: ## Forget the environment; the data in var/ stays
	rm -rf $(VENV)
