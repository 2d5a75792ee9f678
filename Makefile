# make        set up, build the Homs case, and say how to look at it
# make test   set up, and run the tests (WORKERS=0: one after the other, in this process)
# make landing  the tests that take longer, and of many values of a test those that make test leaves
#             out; .ci/run runs both
# make soak   what is left out there: every bench, and properties with all their examples
# make recall  how much of what the two articles say the Homs case holds
# make mutants  whether tests notice wrong code (some minutes); see bench/mutants.py
# make lint   style and types, of the scripts of the page, too, if node is there
# make page   put the scripts of the page together anew after a change in graph/viewer/web (needs node)
# make lock   pin the dependencies anew after a change in pyproject.toml (needs uv)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FORMATS := $(VENV)/.formats
LOCKED := --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
  --python-version 3.11 pyproject.toml
# The files of tests are shared out among so many processes; each takes up to 1 GB. What measures
# seconds or memory runs by itself afterwards.
WORKERS ?= 2
CHECKED := graph build.py tests bench
WEB := graph/viewer/web
# At home the scripts of the page are checked if node is there; with HUDNA_REQUIRE_READERS=1 they must be.
NODE := command -v npm >/dev/null || { echo "node is not there: the scripts of the page are not checked"; \
  test "$$HUDNA_REQUIRE_READERS" != 1; exit; }

.PHONY: all build test landing soak recall mutants lint page lock clean

all: build

build: $(READY)
	$(BIN)/python build.py

# Compiled files are kept, whatever the environment says: every worker and command needs them anew.
test landing soak: export PYTHONDONTWRITEBYTECODE =

test: $(READY) $(FORMATS)
	@$(NODE); cd $(WEB) && npm test --silent
	$(BIN)/python -m pytest --numprocesses $(WORKERS) -m "not alone and not landing and not soak"
	$(BIN)/python -m pytest -m alone $$(grep -rl --include='test_*.py' 'mark\.alone' tests)

landing: $(READY) $(FORMATS)
	$(BIN)/python -m pytest --numprocesses $(WORKERS) -m "landing and not soak"

soak: $(READY) $(FORMATS)
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --hypothesis-profile soak -m "soak or hypothesis"

recall: $(READY)
	$(BIN)/python -m pytest -q -s tests/test_recall.py

mutants: $(READY)
	$(BIN)/python bench/mutants.py

lint: $(READY)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy
	@$(NODE); $(MAKE) --no-print-directory $(WEB)/node_modules && cd $(WEB) && npm run --silent check

page: $(WEB)/node_modules
	cd $(WEB) && npm run --silent build

$(WEB)/node_modules: $(WEB)/package-lock.json
	cd $(WEB) && npm ci --silent --no-audit --no-fund
	@touch $@

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Hudna needs Python 3.11 or later: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Formats whose packages may be hard to install have their pins apart; without them their tests are
# skipped.
$(FORMATS): requirements-formats.lock $(READY)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-formats.lock && touch $@

lock:
	uv pip compile $(LOCKED) --extra dev -o requirements.lock
	uv pip compile $(LOCKED) --extra ftm --extra nanopub --extra parquet --extra readers --extra spark \
	  --extra tables \
	  --constraint requirements.lock -o requirements-formats.lock
	sed -i '1i # Pinned dependencies with hashes, for Python 3.11 and later; made by "make lock".' \
	  requirements.lock requirements-formats.lock

clean:
	rm -rf $(VENV) public
