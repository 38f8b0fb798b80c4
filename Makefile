# Deux commandes suffisent : `make run` et `make test`.  Two commands are enough: `make run` and `make test`.

SHELL := /bin/sh
PYTHON := .venv/bin/python
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv)
ifeq "$(UV)" ""
UV := .uv/bin/uv
UV_MADE_HERE := $(UV)
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dashboard test style pytest coverage validate bench pins clean say-run say-test

help:
	@echo "make run       compare les organisations de soins sur le territoire fourni / compares ways of organising care"
	@echo "make dashboard ouvre le tableau de bord dans un navigateur / opens the dashboard in a browser"
	@echo "make test      vérifie tout : style, types, murs, tests / checks everything: style, types, walls, tests"
	@echo "make style     style, types et murs seulement / style, types and walls only"
	@echo "make coverage  lignes lues par les tests, sans compilation / lines reached by the tests, uncompiled"
	@echo "make validate  refait docs/validation.md, en quelques minutes / makes docs/validation.md anew, in minutes"
	@echo "make bench     mesure les durées / measures the times"
	@echo "make pins      fige à nouveau les versions / pins the versions anew"
	@echo "make clean     efface ce qui a été installé ou calculé ici / deletes what was installed or computed here"

run: say-run .venv/installed
	@.venv/bin/cpts $(ARGS)

dashboard: .venv/installed
	@.venv/bin/cpts dashboard $(ARGS)

test: say-test style pytest

say-run:
	@echo "Compare des organisations de soins sur le territoire fourni ; la première fois, installe d'abord ce qu'il faut dans .venv."
	@echo "Compares ways of organising care on the shipped territory; the first time, installs what is needed into .venv."

say-test:
	@echo "Installe ce qu'il faut dans .venv, puis vérifie le style, les types, les murs entre modules et les tests."
	@echo "Installs what is needed into .venv, then checks style, types, the walls between modules and the tests."

style: .venv/installed
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

pytest: .venv/installed
	$(PYTHON) -m pytest --numprocesses auto --dist loadfile $(ARGS)

# Without compilation the kernels are plain Python, so that coverage sees inside them; a village is enough.
coverage: .venv/installed
	NUMBA_DISABLE_JIT=1 $(PYTHON) -m coverage run -m pytest tests/test_uncompiled.py tests/test_reading.py tests/test_picture.py \
		tests/test_scenario_files.py tests/test_territory_files.py tests/test_travel.py $(ARGS)
	$(PYTHON) -m coverage report

validate: .venv/installed
	$(PYTHON) -m calibration

bench: .venv/installed
	$(PYTHON) -m benchmarks $(ARGS)

# ---------------------------------------------------------------- installation

# `.venv/installed` holds the folder it was made for: scripts in .venv name it, so a clone moved or copied installs anew.
ifneq "$(shell cat .venv/installed 2>/dev/null)" "$(shell pwd -P)"
.PHONY: .venv/installed
endif

.venv/installed: constraints.txt pyproject.toml .python-version | $(UV_MADE_HERE)
	@if test -f $@ && test "$$(cat $@)" != "$$(pwd -P)"; then rm -rf .venv; fi
	@$(PYTHON) -c "" 2>/dev/null || "$(UV)" venv --quiet --allow-existing .venv
	"$(UV)" pip install --compile-bytecode --python $(PYTHON) --require-hashes -r constraints.txt
	"$(UV)" pip install --python $(PYTHON) --no-deps --no-build-isolation -e .
	@pwd -P > $@

.uv/bin/uv:
	@python=$$(for each in python3 /usr/bin/python3; do $$each -c "import ensurepip" 2>/dev/null && echo $$each && break; done); \
	if test -z "$$python"; then \
	  echo "Il manque un paquet ; sous Debian et Ubuntu : sudo apt install python3-venv"; \
	  echo "One package is missing; on Debian and Ubuntu: sudo apt install python3-venv"; \
	  exit 1; \
	fi; \
	$$python -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv

# Versions and fingerprints only: no address, so each machine takes them from the index it is set to.
pins: | $(UV_MADE_HERE)
	"$(UV)" pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-annotate \
	  --custom-compile-command "make pins" --extra dev --upgrade pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
