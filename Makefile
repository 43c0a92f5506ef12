SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help install chat test check eval baseline bench screenshots lock

help:  ## Explain these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP)  ## Install everything, pinned, into .venv

chat: install  ## Serve the chat page on http://127.0.0.1:7860, over the seed articles if the archive is empty
	$(BIN)/isnad chat

test: install  ## Run every test, the slow and the browser ones too; provides a browser if there is none
	ISNAD_CHROMIUM=$$(tests/browser.sh) $(BIN)/pytest

check: install  ## Lint, formatting, types, and the layers of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_layers.py

eval: install  ## Run every set of the repository; fails where a measure is below eval/baseline.json
	$(BIN)/isnad eval eval/sets/*.jsonl --articles seeds --articles eval/sets/adversarial --floor eval/baseline.json

baseline: install  ## Run them, and keep their scores as the new eval/baseline.json
	$(BIN)/isnad eval eval/sets/*.jsonl --articles seeds --articles eval/sets/adversarial --scores eval/baseline.json

bench: install  ## Compare the bundled model with published figures, on the public test sets in ../shared
	$(BIN)/isnad bench model

screenshots: install  ## Take the README's screenshots from the running program
	ISNAD_CHROMIUM=$$(tests/browser.sh) $(BIN)/python -m tests.screenshots

# pip's own resolver says what it would install. CUDA's libraries are left out: where PyTorch's wheel needs them, it
# names them itself.
lock: install  ## Resolve pyproject.toml's ranges anew into requirements.lock
	$(BIN)/pip install --quiet --dry-run --ignore-installed --report - '.[dev]' \
	| $(BIN)/python -c 'import json, sys; \
	pins = {found["metadata"]["name"]: found["metadata"]["version"].split("+")[0] for found in json.load(sys.stdin)["install"]}; \
	print("# Every package of a full install, pinned. Written by `make lock`; Python 3.11 and later."); \
	[print(f"{name}=={pins[name]}") for name in sorted(pins, key=str.lower) \
	if name != "isnad" and not name.startswith(("cuda", "nvidia", "triton"))]' > .venv/requirements.lock
	mv .venv/requirements.lock requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Isnad needs Python 3.11 or later, and there is no '$(PYTHON)' here." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Isnad needs Python 3.11 or later, and '$(PYTHON)' is $$($(PYTHON) -V 2>&1); try 'make PYTHON=python3.12 install'." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)
