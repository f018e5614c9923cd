# `make` alone lists its verbs. Python does the work; this page only says what needs what.

PATH := $(CURDIR)/.venv/bin:$(PATH)
export PATH
PYTHON ?= python3
SEEDS ?= 200
KILLS ?= 200
KEZEK_RUN := $(CURDIR)/.venv/bin/kezek
CLIENT := $(shell find client/src client/*.json client/*.ts -type f 2>/dev/null)

.PHONY: verbs setup run check test journeys bench simulate campaign proof contract build outfit
.DEFAULT_GOAL := verbs
.NOTPARALLEL:

verbs:
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: ## everything that running, building and testing need, into .venv and client/node_modules
	@$(PYTHON) .make/setup.py dev

run: outfit build ## build, start, and say where to sign in
	@$(KEZEK_RUN) run

check: setup ## style, types, the freshness of the contract, the rules of the house
	ruff check .
	ruff format --check .
	mypy
	client/node_modules/.bin/tsc --noEmit --project client
	client/node_modules/.bin/biome check
	python -m server.cli contract --check
	pytest -q tests/house

test: setup build ## every test that this machine can run; it ends by saying which it could not
	@.make/test

journeys: setup build ## the journeys alone, in a real browser
	pytest tests/journeys

bench: setup ## the figures, into build/bench.json
	python -m tests.bench

simulate: setup ## SEEDS=n whole histories of phones, a store and a bad network; PLANTED=1 checks the checker, too
	python -m tests.world.simulate --seeds $(SEEDS)

campaign: setup ## the real server killed KILLS times under load, on every database; lost and doubled last
	@python -m tests.campaign --kills $(KILLS)

proof: setup build ## the long ones: whatever is marked `proof`, and a long simulation
	pytest -m proof
	python -m tests.world.simulate --seeds 10000 --planted

contract: setup ## write the contract again in TypeScript, from sync/
	python -m server.cli contract

build: client/dist/.vite/manifest.json ## the client, into client/dist

outfit:
	@$(PYTHON) .make/setup.py run

client/dist/.vite/manifest.json: $(CLIENT) | outfit
	cd client && node_modules/.bin/vite build --logLevel warn
