.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test check chaos features promises differing cards lock servers clean

help:  ## list these words
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp  ## set up, then play the day of the appeal on look-alikes of the three networks
	$(BIN)/amplify demo

# four at once on any machine: tests wait for clocks and servers more than they work
test: .venv/dev.stamp servers  ## set up, then run every test
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp  ## tests, lint, types, architecture: what CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

chaos: .venv/dev.stamp servers  ## play every fault on every server, long, and write docs/faults.md
	$(BIN)/python -m bench.chaos --out docs/faults.md

features: .venv/dev.stamp  ## write docs/features.md anew, from what the networks list
	PYTHONPATH=tests $(BIN)/python tests/docs/features.py

promises: .venv/dev.stamp  ## write docs/promises.md anew, from what the contract tries
	PYTHONPATH=tests $(BIN)/python tests/docs/promises.py

differing: .venv/dev.stamp  ## write docs/servers.md anew, from what becomes of posts on servers that differ
	PYTHONPATH=tests $(BIN)/python tests/docs/servers.py

cards: .venv/dev.stamp  ## draw the cards of docs/cards.md anew
	PYTHONPATH=tests $(BIN)/python tests/docs/cards.py

lock: .venv/dev.stamp  ## choose exact versions anew
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/pip install --quiet uv
	.venv/lock/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --extra notices --group build pyproject.toml -o requirements.lock
	.venv/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header -c requirements.lock --group build --group dev pyproject.toml -o requirements-dev.lock
	.venv/lock/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --group mastodon-mock -o tests/servers/requirements-mastodon-mock.lock
	.venv/lock/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --group node -o tests/servers/requirements-node.lock
	.venv/lock/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --group postgres -o tests/servers/requirements-postgres.lock

servers: .venv/pds.stamp .venv/mastodon-mock.stamp .venv/postgres.stamp .venv/chromium.stamp  # the parts of the tests that others wrote

clean:  ## remove what set-up and demo have made
	rm -rf .venv var

.venv/pip.stamp:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amplify needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run.stamp: .venv/pip.stamp requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock tests/oracles/aiogram.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python tests/oracles/fetch_schema.py .venv/oracles
	touch $@

.venv/pds.stamp: .venv/pip.stamp tests/servers/set_up.sh tests/servers/pds/package-lock.json tests/servers/requirements-node.lock
	tests/servers/set_up.sh pds

.venv/mastodon-mock.stamp: .venv/pip.stamp tests/servers/set_up.sh tests/servers/requirements-mastodon-mock.lock
	tests/servers/set_up.sh mastodon-mock

.venv/postgres.stamp: .venv/pip.stamp tests/servers/set_up.sh tests/servers/requirements-postgres.lock
	tests/servers/set_up.sh postgres

.venv/chromium.stamp: .venv/pip.stamp tests/servers/set_up.sh
	tests/servers/set_up.sh chromium
