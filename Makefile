# Each target does all its own set-up: it makes .venv, installs the locked packages, and goes.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
RUN := .venv/run-installed
DEV := .venv/dev-installed
RELEASE := .venv/release-installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo playground run charts apprise test test-all twins canaries faults fuzz migrations audit sbom bench bench-coach bench-decisions bench-redphone eval-live lint format lock prompts-lock revision clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 22

demo: $(RUN) ## Play one working day of a distributed team on a local Slack
	@$(BIN)/baton demo

playground: $(RUN) ## Keep a local Slack with Baton in it up, to try by hand in the browser
	@$(BIN)/baton playground

run: $(RUN) ## Run Baton for a real workspace, with the settings in .env
	@$(BIN)/baton run

charts: $(RUN) requirements/charts.txt ## Add what draws figures as pictures (matplotlib, 170 MB)
	@$(PIP) --require-hashes --requirement requirements/charts.txt

apprise: $(RUN) requirements/apprise.txt ## Add what pages by whatever Apprise speaks
	@$(PIP) --require-hashes --requirement requirements/apprise.txt

test: $(DEV) ## Run the quick tests on SQLite and PostgreSQL (T="tests/core -k queue": all of these)
	@$(BIN)/python -m pytest -rs -n 4 --dist worksteal $(or $(T),--quick)

test-all: $(DEV) ## Run every test but what takes many minutes by itself
	@$(BIN)/python -m pytest -rs -n 4 --dist worksteal

twins: $(DEV) ## Run every story in two workspaces with equal ids at once: nothing may cross (T="tests/flows -k digest" for some)
	@$(BIN)/python -m pytest $(or $(T),tests/flows) --twins -rs -n 4 --dist worksteal

canaries: $(DEV) ## Run the tests at DEBUG and look for people's words and secrets in logs, databases and exports
	@$(BIN)/python -m pytest --canaries $(or $(T),tests --ignore=tests/security/test_canaries.py) -rs -n 4 --dist worksteal

faults: $(DEV) ## Run the long fault tests, or go on where that was interrupted (N=40: blocks of each storm)
	@$(BIN)/python -m pytest tests/faults tests/architecture tests/flows tests/core/test_visibility.py tests/features/digest tests/load/test_digest_mornings.py tests/security/test_door_flood.py --long --resume --blocks $(or $(N),8) -rs -n 2 --dist worksteal $(T)

fuzz: $(DEV) requirements/fuzz.txt ## Look for ten minutes for what the door cannot bear (atheris: Linux, Python 3.11 to 3.13)
	@$(PIP) --require-hashes --requirement requirements/fuzz.txt
	@$(BIN)/python -m tests.load.fuzz_door -max_total_time=600 -max_len=4000 $(N)

migrations: $(DEV) ## Take each step of the database's history with 100,000 rows, killed on the way
	@$(BIN)/python -m pytest tests/core/test_migrations.py --long -s --durations=0 $(T)

bench: $(DEV) ## Measure what Baton bears on this machine, each figure beside its yardstick (N="--part g --scale 0.1": a part, less)
	@$(BIN)/python -m tests.load.bench $(N)

bench-redphone: $(DEV) ## Measure how soon 1,000 pages reach somebody beside a flood of events (N="--pages 100": fewer)
	@$(BIN)/python -m tests.load.bench_redphone $(N)

bench-coach: $(DEV) ## Measure how long the coach takes to review a message, short or long
	@$(BIN)/python -m tests.load.bench_coach $(N)

bench-decisions: $(DEV) ## Measure how long it takes to find what a conversation of 500 messages settles
	@$(BIN)/python -m tests.load.bench_decisions $(N)

eval-live: $(RUN) ## Draft the recorded cases with the real model (needs ANTHROPIC_API_KEY; costs a little)
	@$(BIN)/baton eval-live

sbom: $(RELEASE) ## Write what Baton is made of as CycloneDX (build/sbom.json)
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file build/sbom.json

audit: $(RELEASE) ## Ask whether known holes are in the packages Baton runs on
	@$(BIN)/pip-audit --requirement requirements/run.txt --require-hashes --disable-pip --strict --progress-spinner off

lint: $(DEV) ## Check style, types and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(DEV) ## Put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(DEV) ## Pin the newest packages that fit pyproject.toml, with their hashes
	@for set in run charts apprise dev fuzz release; do $(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes \
		--no-header --no-emit-index-url --python-version 3.11 --group build \
		$$(case $$set in charts) echo --extra charts;; apprise) echo --extra apprise;; dev) echo --extra charts --extra apprise --group dev;; \
			fuzz) echo --group fuzz;; release) echo --group release --constraint requirements/dev.txt;; esac) \
		pyproject.toml -o requirements/$$set.txt; done

prompts-lock: $(RUN) ## Note the new version of a prompt that was changed
	@$(BIN)/baton prompts lock

revision: $(DEV) ## Write a migration from what changed in the tables (MESSAGE="add asks")
	@$(BIN)/python -m alembic revision --autogenerate --message "$(MESSAGE)"

clean: ## Remove everything that was installed or made
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build

.venv/made:
	@test -n "$(PYTHON)" || { echo "Baton needs Python 3.11 or newer; set PYTHON to one."; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version) (once; about half a minute)"
	@$(PYTHON) -m venv .venv
	@touch $@

$(RUN): .venv/made requirements/run.txt pyproject.toml
	@$(PIP) --require-hashes --requirement requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo "Installing what the tests need (once)"
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(RELEASE): $(RUN) requirements/release.txt
	@echo "Installing what a release needs (once)"
	@$(PIP) --require-hashes --requirement requirements/release.txt
	@touch $@
