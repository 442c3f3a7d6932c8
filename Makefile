# Every target does all of its own set-up; a second call takes seconds.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The trainer's libraries are large: they come with CI=true or TRAIN=1, and the tests that need them then run.
EXTRAS := postgres,wechaty,dev
ifneq ($(filter true,$(CI))$(TRAIN),)
EXTRAS := $(EXTRAS),train
else
# Without them their types are unknown: what is derived from them cannot be checked, nor what is ignored in them.
UNTYPED := --allow-subclassing-any --allow-untyped-decorators --no-warn-unused-ignores
endif

.PHONY: help setup system gateway run test chaos check format bench lock clean

help:  ## show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(STAMP)  ## make .venv with everything that running and testing need

$(STAMP): pyproject.toml constraints.txt tools/python.sh
	@sh tools/python.sh "$(PYTHON)" "$(VENV)"
	@$(BIN)/pip install --quiet --disable-pip-version-check $(if $(findstring train,$(EXTRAS)),torch==$(shell sed -n 's/^torch==//p' constraints.txt)) --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

system:  ## install the browser and Node for the tests, where the package manager is ours to use
	@sh tools/system.sh

gateway: system  ## install the Node gateway that the Wechaty tests talk to
	@sh tools/gateway.sh

run: setup  ## migrate, start with the demo shop, print the address
	@$(BIN)/tuanbot run

test: setup system gateway  ## the whole suite
	@$(BIN)/pytest

chaos: setup  ## kill the bot 300 times while 20 rooms order (an hour; `make test` kills it 5 times)
	@TUANBOT_TEST_KILLS=300 $(BIN)/pytest tests/chaos

check: setup  ## lint, types, import contracts, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(UNTYPED)
	@$(BIN)/lint-imports
	@$(BIN)/tuanbot migrate --check

format: setup  ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup  ## benchmarks, printed as tables
	@$(BIN)/python -m benchmarks

lock: setup  ## write what is installed into constraints.txt
	@sh tools/lock.sh "$(BIN)"

clean:  ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
