# Every target first makes .venv whole: packaging/bootstrap.py, quick when there is nothing to do.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint demo bench soak endure keys cover words lock clean ready package bundle

run:
	@$(PYTHON) packaging/bootstrap.py run

test: ready lint
	@echo "== pytest"
	@$(BIN)/python -m pytest -q -n 2

lint: ready
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== mypy"
	@$(BIN)/mypy
	@echo "== import-linter"
	@$(BIN)/lint-imports --no-cache

demo: ready
	@$(BIN)/python -m pmdesk demo build/demo

# in parts, too: make bench K=undo, K=start, K=worst
bench: ready
	@$(BIN)/python -m pytest -q -s tests/bench -o python_files='bench_*.py' -p no:randomly $(if $(K),-k "$(K)")

cover: ready
	@$(BIN)/python -m pytest -q -n 2 --cov=pmdesk --cov-report=json:build/coverage.json --cov-report=
	@$(BIN)/python packaging/cover.py build/coverage.json

# whether anything is lost: kills, power cuts, full disks and more; a table of figures.
# make endure QUICK=1 within a minute, make endure K=kill MINUTES=5 a part
endure: ready
	@$(BIN)/python -m tests.endure $(if $(QUICK),--quick) $(if $(K),--only "$(K)") $(if $(MINUTES),--minutes $(MINUTES)) $(if $(GO_ON),--go-on)

keys: ready
	@$(BIN)/python -m pytest -q -s tests/e2e/thirty_tasks.py

soak: ready
	@$(BIN)/python -m pytest -q -n 2 --hypothesis-profile=soak

words: ready
	@$(BIN)/python packaging/catalogue.py update

lock: ready
	@$(BIN)/python packaging/lock.py

ready:
	@$(PYTHON) packaging/bootstrap.py install

package: ready
	@$(BIN)/python packaging/package.py

bundle: ready
	@$(BIN)/python packaging/package.py --bundle

clean:
	rm -rf .venv build dist
