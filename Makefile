# Every task of this repository; `make` lists them.

SHELL := /bin/sh
SERVER := Server/.build/release/flycatcher
VENV := EndToEnd/.venv
PYTHON := $(VENV)/bin/python
DATA ?= flycatcher-data
OPTIONS ?=
TESTS ?=

# Apple's platforms bring the Swift runtime along; elsewhere it goes into the binary.
STATIC := $(if $(filter Darwin,$(shell uname -s)),,--static-swift-stdlib)
IMPORT_CHECK := --explicit-target-dependency-import-check error
SWIFT_SOURCES := Package.swift Sources Tests Server/Package.swift Server/Sources Server/Tests \
	$(wildcard Examples Benchmarks Server/Benchmarks) Fuzzing/Package.swift Fuzzing/Sources
STAGE := .ci/stage
# What the SDK sends in its tests, for the end-to-end tests to judge.
ENVELOPES := $(CURDIR)/.build/envelopes

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check tsan fuzz format bench bench-sdk bench-grouping bench-quotas bench-growth bench-retention bench-instructions storms demo tools test-tools release end-to-end

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: tools release ## Build and serve on ./flycatcher-data (OPTIONS="--port 9000 --host 0.0.0.0")
	@exec $(SERVER) serve --data $(DATA) $(OPTIONS)

test: tools test-tools check release end-to-end ## Install what tests need and run every test
	@$(STAGE) --summary

check: tools ## Lint, import check, warnings as errors and unit tests: the fast part
	@$(STAGE) --begin
	@$(STAGE) "Lint" swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	@$(STAGE) "What an app resolves" .ci/consumer
	@.ci/snippets
	@rm -rf $(ENVELOPES)
	@FLYCATCHER_ENVELOPES=$(ENVELOPES) $(STAGE) "Tests of the SDK" .ci/swift-test . $(IMPORT_CHECK)
	@$(STAGE) "Documentation" .ci/documentation
	@$(STAGE) "Tests of the server" .ci/swift-test Server $(IMPORT_CHECK)

tsan: tools ## Run the SDK's tests under Thread Sanitizer
	@.ci/snippets
	@.ci/tsan

fuzz: tools ## Let a fuzzer look for bytes that break a reader (OPTIONS="600 event")
	@.ci/fuzz $(OPTIONS)

end-to-end: test-tools release ## Test the binary with real SDKs and a real browser (TESTS="-k django")
	@$(STAGE) "End to end" $(PYTHON) -m pytest EndToEnd $(TESTS)

format: ## Format every Swift file
	@swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

bench: tools release bench-sdk bench-grouping bench-quotas ## Measure the SDK's cost and the server under load, beside a peer where one is at hand
	@python3 Benchmarks/bench.py $(OPTIONS)

bench-sdk: tools ## Measure what the SDK costs the app that it watches
	@python3 Benchmarks/sdk.py $(OPTIONS)
	@python3 Benchmarks/crash.py $(OPTIONS)

bench-grouping: tools ## Measure what it costs to say which issue an event belongs to
	@python3 Benchmarks/grouping.py $(OPTIONS)

bench-quotas: tools ## Measure what it costs to ask the quotas about an event
	@python3 Benchmarks/quotas.py $(OPTIONS)

bench-growth: tools ## Measure what an event costs in a database of five million (half an hour, 25 GB)
	@python3 Benchmarks/growth.py $(OPTIONS)

bench-retention: tools release ## Measure how long senders wait while a million events are removed (ten minutes, 5 GB)
	@python3 Benchmarks/retention.py $(OPTIONS)

bench-instructions: tools release ## Count the instructions that an event takes, part by part (needs valgrind)
	@python3 Benchmarks/instructions.py $(OPTIONS)

storms: test-tools release ## Measure the bad days: a loop, overload, a full disk, idle connections (minutes)
	@STORM=long $(PYTHON) -m pytest -s EndToEnd/test_storms.py

demo: $(VENV)/ready ## Send a varied day of sample events to a running server (DSN=http://…)
	@$(PYTHON) EndToEnd/demo.py --data $(DATA) $(DSN)

release: tools
	@$(STAGE) "Release build" swift build --package-path Server -c release --product flycatcher $(STATIC)

tools:
	@.ci/install build

test-tools: tools $(VENV)/ready

$(VENV)/ready: EndToEnd/requirements.txt
	@.ci/install test
	@$(STAGE) "Python packages" sh -c 'python3 -m venv $(VENV) && \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --requirement EndToEnd/requirements.txt'
	@touch $@
