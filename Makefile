PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test journeys lint coverage bench clean

run: $(VENV)/run.stamp
	$(BIN)/python deploy/warm_up.py &
	B12_VISITORS_MAY_FETCH=yes $(BIN)/streamlit run --server.headless=false

test: $(VENV)/dev.stamp lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --durations=10

# One that fails now and then is a fault: the journeys in a browser, five times over.
journeys: $(VENV)/dev.stamp
	for _ in 1 2 3 4 5; do $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m "browser and not slow" || exit 1; done

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Every branch of the estimate, the advice, the rules and the plan is run by these tests; less than all of them fails.
MODEL_TESTS := $(addprefix tests/test_,$(addsuffix .py,rare_cases cases model_document day_sums stores suggest suggest_search changes \
	advise validation provenance properties plan plan_faults link link_weeks apart care words markets handout meal_flow outlook_page \
	held_exactly))

coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m "not browser" $(MODEL_TESTS) --cov

# What an edit, a page and a crowd take, each beside bare apps in the same run, then the rest. About a quarter of an hour on a quiet
# machine; bench/README.md says what each line means and how to run one longer.
bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench.bench_edit
	$(BIN)/python -m bench.bench_pages
	$(BIN)/python -m bench.bench_sessions --one 20 50 --two 100
	$(BIN)/python -m bench.bench_looks
	$(BIN)/python -m bench.bench_suggest
	$(BIN)/python -m bench.bench_search
	$(BIN)/python -m bench.bench_diet
	$(BIN)/python -m bench.bench_batch

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
