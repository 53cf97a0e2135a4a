# The menu. Everything runs in .venv, which `uv sync` makes from uv.lock.
.PHONY: demo test check wheel eval setup clean

UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --quiet --frozen

demo: setup  ## a fictional company's eight weeks, from tickets and calls to a report
	@$(RUN) koe demo

test: setup  ## the tests
	@$(RUN) pytest

check: setup  ## lint, format and types
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) mypy

wheel: setup  ## the wheel, and that it holds koe and the prompts and nothing else
	@rm -rf dist && $(UV) build --quiet --wheel
	@$(RUN) python tests/wheel.py dist

eval: setup  ## koe measured on the sample against its truth
	@$(RUN) python -m eval

setup: .venv/.synced

.venv/.synced: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --quiet --frozen
	@touch $@

.uv/bin/uv:
	@python3 -m venv .uv || { echo "koe needs Python 3.11 or later with the venv module (Debian: apt install python3-venv)"; exit 2; }
	@.uv/bin/python -m pip install -qq "uv>=0.9"

clean:  ## forget the environment
	rm -rf .venv .uv
