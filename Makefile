PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench clean

run: $(VENV)/run.stamp
	$(BIN)/python deploy/warm_up.py &
	B12_VISITORS_MAY_FETCH=yes $(BIN)/streamlit run --server.headless=false

test: $(VENV)/dev.stamp lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench.bench_suggest
	$(BIN)/python -m bench.bench_search
	$(BIN)/python -m bench.bench_diet
	$(BIN)/python -m bench.bench_pages

clean:
	rm -rf $(VENV)

$(VENV)/run.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
