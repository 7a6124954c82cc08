# `make demo` to look around, `make test` to check everything. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SERVE ?= 1
PORT ?= 8000
UV := .build/uv/bin/uv
PY := .venv/bin/python
STAMP := .build/stamps
# A command that must compile every library anew takes twice as long to start.
unexport PYTHONDONTWRITEBYTECODE

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup  ## Load the invented demo district and serve it on http://localhost:8000
	@.venv/bin/hearth demo
	@if [ "$(SERVE)" != "0" ]; then HEARTH_MODE=demo .venv/bin/hearth serve --port $(PORT); fi

test: setup browser  ## Set up, then pass every check, browser journeys included
	@tools/check

setup: $(STAMP)/python $(STAMP)/assets $(STAMP)/static  ## Make the environment and the interface's assets

$(UV):
	@echo "Fetching uv, which keeps the environment"
	@tools/uv-here

$(STAMP)/python: $(UV) pyproject.toml uv.lock
	@echo "Making the Python environment (.venv) from uv.lock"
	@$(UV) sync --quiet --locked --no-progress --python "$$(command -v python3)"
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/assets: package.json package-lock.json hearth/kit/assets.py hearth/kit/icons.py | $(STAMP)/python
	@echo "Getting the interface's assets by package-lock.json"
	@tools/npm ci --silent --no-audit --no-fund
	@$(PY) -m hearth.kit.assets
	@touch $@

$(STAMP)/static: $(STAMP)/assets $(shell find hearth -path '*/static/*' -type f) $(wildcard hearth/locale/*/LC_MESSAGES/*.po)
	@echo "Gathering static files and messages"
	@$(PY) -m hearth.web.messages compile
	@HEARTH_MODE=local $(PY) -m hearth.web.manage collectstatic --noinput --clear --verbosity 0
	@touch $@

browser: $(STAMP)/python
	@tools/browser

lint: setup  ## Format, lint, types, import contracts
	@tools/check --quick

format: setup  ## Put the code in the house's format
	@.venv/bin/ruff check --fix --quiet hearth tests benchmarks || true
	@.venv/bin/ruff format hearth tests benchmarks

messages: setup  ## Gather new words for the translators
	@$(PY) -m hearth.web.messages update

clean:  ## Take away everything that was built; the data in .data stays
	rm -rf .venv .build node_modules .mypy_cache .ruff_cache .pytest_cache

.PHONY: help demo test setup browser lint format messages clean
