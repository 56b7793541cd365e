# The first two commands: `make run` and `make test`. Everything they need they install themselves, into this folder.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
UV_VERSION := 0.13.8
UV := .venv/bin/uv
BIN := .venv/bin
BUILT := src/auramail/web/static/build
CATALOGUES := $(wildcard src/auramail/translations/*/LC_MESSAGES/messages.po)
ASSETS := $(shell find src/auramail/web/assets src/auramail/web/templates -type f 2>/dev/null)
DATA ?= ../shared/data
SECONDS ?= 60
# More than there are cores: many tests wait for a browser, a server or a process.
WORKERS ?= 3
# The browser's driver brings a Node of its own that needs more libraries than Debian installs; the one here will do.
export PLAYWRIGHT_NODEJS_PATH := $(shell command -v node)

.PHONY: help setup run test check lint types contracts audit cover build wheel wheel-check weights evals fuzz bench docs fix clean browser test-tools

help: ## Show this help.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: setup ## Start the product on http://127.0.0.1:5000 with nothing else needed; Ctrl-C stops all of it.
	@exec $(BIN)/auramail up

test: setup test-tools ## Run all tests.
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

setup: .venv/.ready build ## Only install, into .venv; the command is .venv/bin/auramail.

check: setup test-tools ## What CI runs: format, lint, types, architecture, audit, a minute of fuzzing, evals, the wheel, tests.
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint types contracts audit fuzz evals wheel-check
	@$(MAKE) --no-print-directory cover

# ---- installing

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "AuraMail needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: .venv/bin/uv uv.lock pyproject.toml
	$(UV) sync --frozen --inexact --no-dev --quiet --compile-bytecode
	@$(BIN)/python -m compileall -q src  # where Python may not write bytecode itself, every start would compile it all
	@touch $@

.venv/.tools: .venv/.ready
	$(UV) sync --frozen --inexact --quiet
	@touch $@

node_modules/.ready: package.json package-lock.json
	@command -v npm >/dev/null || { echo "Node 20 with npm is missing: apt-get install nodejs npm"; exit 1; }
	npm ci --ignore-scripts --no-fund --no-audit --silent
	@touch $@

tests/emulator/node_modules/.ready: tests/emulator/package.json tests/emulator/package-lock.json
	npm ci --ignore-scripts --no-fund --no-audit --silent --prefix tests/emulator
	@touch $@

build: $(BUILT)/.ready src/auramail/translations/.ready

$(BUILT)/.ready: node_modules/.ready $(ASSETS)
	npm run --silent build
	@touch $@

src/auramail/translations/.ready: .venv/.ready $(CATALOGUES)
	$(BIN)/pybabel --quiet compile -d src/auramail/translations
	@touch $@

test-tools: .venv/.tools tests/emulator/node_modules/.ready browser

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing the test browser…"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else echo "The tests need a browser, and installing it needs root: sudo apt-get install chromium"; exit 1; fi; }

# ---- checking

lint: setup test-tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet src/auramail/web/templates

types: setup test-tools
	$(BIN)/mypy

contracts: setup test-tools
	$(BIN)/lint-imports
	$(BIN)/deptry src

audit: setup test-tools
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml src
	$(BIN)/python tools/audit_dependencies.py

cover: setup test-tools
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --cov --cov-report= --durations=60
	$(BIN)/python tools/check_coverage.py

evals: setup test-tools ## Measure the decisions on the labelled sets; a drop fails.
	$(BIN)/python -m evals.run --check
	$(BIN)/python -m evals.cascade --check

fuzz: setup test-tools ## Throw mutated mail at reading, guards and judging (SECONDS=60); what fails is kept in .tmp/fuzz.
	$(BIN)/python -m tests.fuzz.run $(SECONDS)

bench: setup test-tools ## Measure speed and cost, as ratios in one run.
	$(BIN)/python -m bench.gmail
	$(BIN)/python -m bench.judging
	$(BIN)/python -m bench.model

# ---- making

weights: setup test-tools ## Train the local classifier anew (DATA=folder adds public corpora).
	$(BIN)/python -m training.train --data $(DATA)

docs: setup test-tools ## Make the generated documents and .env.example anew.
	$(BIN)/python -m tools.write_docs

wheel: setup test-tools ## Build the wheel, which runs without Node.
	rm -rf dist && $(UV) build --quiet --wheel --out-dir dist

wheel-check: wheel
	rm -rf .tmp/wheel && $(UV) venv --quiet .tmp/wheel
	$(UV) pip install --quiet --python .tmp/wheel/bin/python dist/*.whl
	env -i PATH=/nonexistent HOME=$(CURDIR)/.tmp LANG=C.UTF-8 .tmp/wheel/bin/auramail demo | tail -n 2

fix: .venv/.tools ## Format and mend what can be mended.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove everything made here (never AURAMAIL_HOME).
	rm -rf .venv .tmp node_modules tests/emulator/node_modules $(BUILT) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage*
	find src -name '*.mo' -delete
