# Needs Python 3.11 or newer and make; everything else is installed into .venv and node_modules.
#
#   make site     build this repository's own blog into _site/
#   make serve    show it in a browser, and follow every edit
#   make docs     show the documentation in a browser, and follow every edit
#   make test     install what the tests need; lint, types, all tests
#   make lint     lint and types only
#   make torture  attack the program for MINUTES=10; SEED=, ONLY= and ROUND= repeat what failed
#   make dev      only install
#   make clean    remove what make and mathblog made

PYTHON ?= python3
PYTEST_ARGS ?=
# exact versions to install, as CI does: make LOCK=requirements.lock test
LOCK ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
CONSTRAINT := $(if $(LOCK),--constraint $(LOCK))

# Each stamp is written last, so that an interrupted installation is done again.
VENV_READY := $(VENV)/.ready
INSTALLED := $(VENV)/.installed
DEV_INSTALLED := $(VENV)/.dev-installed
NPM_INSTALLED := node_modules/.installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve docs test lint torture dev clean

help:
	@sed -n 's/^#   //p' Makefile

site: $(INSTALLED)
	$(BIN)/mathblog build

serve: $(INSTALLED)
	$(BIN)/mathblog serve --open

docs: $(INSTALLED)
	$(BIN)/mathblog serve --source docs --open

test: lint $(NPM_INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

lint: $(DEV_INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

torture: export PYTHONPATH := src:tests
torture: $(NPM_INSTALLED)
	$(BIN)/python -m torture

dev: $(DEV_INSTALLED) $(NPM_INSTALLED)

clean:
	rm -rf $(VENV) node_modules _site docs/_site docs/.mathblog-cache .mathblog-cache src/mathblog/_katex dist build
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "mathblog needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)" >&2; \
		echo "name another one: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@# dependency groups are known to pip since 25.1
	$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(INSTALLED): $(VENV_READY) pyproject.toml $(LOCK) hatch_build.py lighter_fonts.py package.json package-lock.json
	$(PIP) install $(CONSTRAINT) --editable .
	@touch $@

$(DEV_INSTALLED): $(INSTALLED)
	$(PIP) install $(CONSTRAINT) --group dev
	@touch $@

$(NPM_INSTALLED): $(DEV_INSTALLED) package.json package-lock.json
	$(BIN)/npm ci --loglevel=error
	@touch $@
