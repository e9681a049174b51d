# What a person types; `make help` lists it.
# Everything is installed into .venv beside this file. A second `make run` finds it there, starts at once and needs no network.

EXAMPLE := advisor/examples/bakery.yaml
N := 100000
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq

# A virtual environment cannot be moved, so the stamp holds the folder it was made in.
ifneq "$(shell cat .venv/.installed 2>/dev/null)" "$(CURDIR)"
STALE := stale
endif

.PHONY: help install run example test check fuzz bench clean stale chromium
.DEFAULT_GOAL := help

help:
	@echo 'make run              the questionnaire in your browser (the first time, installs what is needed)'
	@echo 'make example          advice for the example client, here in the terminal'
	@echo 'make check            look for mistakes in knowledge/ and rules/'
	@echo 'make test             style, types and every test'
	@echo 'make fuzz N=100000    random rules and cases, held against the reference evaluator'
	@echo 'make bench            speed, beside other rule engines, and how much is asked'
	@echo 'make install          what the others do first'
	@echo 'make clean            remove what these commands made'

install: .venv/.installed

run: .venv/.installed
	@.venv/bin/advisor ui

example: .venv/.installed
	@.venv/bin/advisor recommend $(EXAMPLE)

check: .venv/.installed
	@.venv/bin/advisor check

test: .venv/.tested chromium
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/python -m pytest

fuzz: .venv/.tested
	@.venv/bin/python tests/fuzz.py $(N)

bench: .venv/.benched .venv/.tested chromium
	@.venv/bin/python benchmarks/bench.py
	@.venv/bin/python benchmarks/flips.py
	@.venv/bin/python benchmarks/browser.py

clean:
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find advisor ui tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# -- installing -----------------------------------------------------------------------------------------------

.venv/.installed: pyproject.toml $(STALE)
	@$(find_python); \
	$(try_compiler); \
	echo 'Installing into .venv (once; half a minute to two minutes) ...' >&2; \
	[ "$(STALE)" ] && rm -rf .venv; \
	{ [ -e .venv ] || "$$python" -m venv .venv; } && $(PIP) install --editable . && pwd -P > $@ || { \
		echo 'Installing failed; the lines above say why. The first time it needs the network.' >&2; \
		exit 1; \
	}

.venv/.tested: .venv/.installed
	@$(PIP) install --editable '.[test]'
	@touch $@

.venv/.benched: .venv/.installed
	@$(PIP) install --editable '.[bench]'
	@touch $@

# The pages are tried in a real browser. Where it cannot be installed, the tests that need it fail and say what to do.
chromium:
	@for browser in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$browser >/dev/null && exit; done; \
	[ "$$(id -u)" = 0 ] && as_root= || as_root='sudo -n'; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
		echo 'Installing a browser for the tests (once) ...' >&2; \
		$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium >/dev/null; \
	fi || echo 'No browser could be installed.' >&2

# The first Python that is new enough, in $python; its version in $version. `make PYTHON=...` names another.
define find_python
for python in $(if $(PYTHON),"$(PYTHON)",python3.11 python3.12 python3.13 python3) none; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
done; \
if [ "$$python" = none ]; then \
	echo 'No Python 3.11 or newer was found. Install it, then run the same command again:'; \
	echo '  Debian 12, Ubuntu 24.04 or newer   sudo apt install python3 python3-venv python3-dev gcc libc6-dev'; \
	echo '  Fedora                             sudo dnf install python3 python3-devel gcc'; \
	echo '  macOS                              brew install python@3.12'; \
	echo 'If it has a name of its own, say it: make PYTHON=python3.12 run'; \
	exit 1; \
fi >&2; \
version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	echo "Python $$version cannot make virtual environments here. Install that part, then run the same command again:"; \
	echo "  Debian, Ubuntu   sudo apt install python$$version-venv"; \
	exit 1; \
fi >&2
endef

# The rule engine, durable-rules, comes as C source. Without a compiler or Python.h pip would fill the screen before it fails.
# Python 3.13 removed the old name of a function that this source calls; CPPFLAGS gives it the new one.
define try_compiler
compiler=$${CC:-$$("$$python" -c 'import sysconfig; print(sysconfig.get_config_var("CC") or "cc")')}; \
headers=$$("$$python" -c 'import sysconfig; print(sysconfig.get_path("include"))'); \
if ! said=$$(echo '#include <Python.h>' | $$compiler -I"$$headers" -fsyntax-only -x c - 2>&1); then \
	if ! command -v $${compiler%% *} >/dev/null; then echo "There is no C compiler here ($${compiler%% *})."; \
	elif ! [ -e "$$headers/Python.h" ]; then echo "The C headers of Python $$version (Python.h) are not here."; \
	else echo "The C compiler does not work here: $$said" | head -n 3; fi; \
	echo 'The rule engine is compiled on this machine. Install what that takes, then run the same command again:'; \
	echo "  Debian, Ubuntu   sudo apt install gcc libc6-dev python$$version-dev"; \
	echo '  Fedora           sudo dnf install gcc python3-devel'; \
	echo '  macOS            xcode-select --install'; \
	exit 1; \
fi >&2; \
if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then \
	export CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject $$CPPFLAGS"; \
fi
endef
