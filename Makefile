# Every target first makes .venv and installs what requirements-dev.lock names.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test lint demo bench soak words lock clean

run: $(STAMP)
	@$(PYTHON) packaging/bootstrap.py run

test: $(STAMP) lint
	@echo "== pytest"
	@$(BIN)/python -m pytest -q -n 2

lint: $(STAMP)
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== mypy"
	@$(BIN)/mypy
	@echo "== import-linter"
	@$(BIN)/lint-imports --no-cache

demo: $(STAMP)
	@$(BIN)/python -m pmdesk demo build/demo

bench: $(STAMP)
	@$(BIN)/python -m pytest -q -s tests/bench -o python_files='bench_*.py' --benchmark-columns=median,iqr,rounds -p no:randomly

soak: $(STAMP)
	@PMDESK_SOAK=1 $(BIN)/python -m pytest -q -n 2 --hypothesis-profile=soak

words: $(STAMP)
	@$(BIN)/python packaging/catalogue.py update

$(STAMP): requirements-dev.lock packaging/bootstrap.py
	@$(PYTHON) packaging/bootstrap.py install

clean:
	rm -rf $(VENV) build dist
