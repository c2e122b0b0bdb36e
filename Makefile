# Every target sets up what it needs: a virtual environment, the locked dependencies, a browser.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# pip compiles what it copies. What stays in this folder would else be compiled at each start where
# PYTHONDONTWRITEBYTECODE is set.
COMPILE := $(BIN)/python -m compileall -q appraisal review screening synthesis
DEMO := out/demo

.PHONY: demo test explore bench serve lock check

demo: $(VENV)/.runtime
	@rm -rf $(DEMO)
	@$(BIN)/winnow init --example $(DEMO)
	@$(BIN)/winnow run --project $(DEMO)

serve: $(VENV)/.runtime
	@test -e $(DEMO)/review.toml || $(MAKE) demo
	@$(BIN)/winnow serve --project $(DEMO)

test: check
	$(BIN)/pytest -n auto --dist loadgroup

# Property tests on cases that no run has drawn before: what fails is a fault, and its case becomes a test.
explore: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadgroup --hypothesis-profile=explore -m hypothesis

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python tests/benchmarks/run.py

$(VENV)/.runtime: requirements.lock pyproject.toml
	@echo "Setting up (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --no-deps -e .
	@$(COMPILE)
	@touch $@

# requirements-dev.lock holds all of requirements.lock: what comes first installs everything at once.
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml
	@echo "Setting up for tests (once, about two minutes) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-build-isolation --no-deps -e .
	@$(COMPILE)
	@PYTHON=$(BIN)/python sh tests/browser/provide_chromium.sh
	@touch $(VENV)/.runtime $@

# The lock files name versions and hashes, and no registry host.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra postgres \
	  pyproject.toml requirements-build.in -o requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra dev \
	  pyproject.toml requirements-build.in -o requirements-dev.lock
