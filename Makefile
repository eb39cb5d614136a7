# pilote: build, test, install. `make help` lists the targets.

PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build/release
ifeq ($(origin CC),default)
CC := gcc
endif
VERSION := $(shell cat VERSION)

# A binary that was not installed finds its French beside itself.
LOCALE_DIR ?= $(CURDIR)/build/locale

PACKAGES := glib-2.0 libcjson libcurl
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wcast-qual -Wno-sign-conversion
OPTIMISE ?= -O3 -march=x86-64-v2
CFLAGS_OWN := -std=c11 -g $(OPTIMISE) -ffp-contract=off -D_GNU_SOURCE -DPILOTE_VERSION='"$(VERSION)"' \
	-DLOCALE_DIR='"$(LOCALE_DIR)"' -I. -isystem /usr/include/cjson $(WARNINGS) $(SANITIZE)
GLIB_CFLAGS := $(subst -I,-isystem ,$(shell pkg-config --cflags $(PACKAGES)))
LDLIBS := $(shell pkg-config --libs $(PACKAGES)) -lcsv -lglpk -lm -lpthread
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS_OWN := $(SANITIZE) -pie -Wl,-z,relro,-z,now

LIB_SOURCES := $(wildcard solver/*.c solver/search/*.c io/*.c scenarios/*.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/io/report_css.o $(BUILD)/io/report_js.o
COMMAND_SOURCES := pilote.c $(wildcard commands/*.c)
TEST_SOURCES := $(wildcard tests/*/test_*.c tests/test_*.c)
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)
TEST_SUPPORT := $(wildcard tests/support/*.c)
BENCH_TOOLS := $(patsubst %.c,$(BUILD)/%,$(wildcard bench/*.c))
BENCH_SUPPORT := $(wildcard bench/generator/*.c)
LANGUAGES := $(basename $(notdir $(wildcard po/*.po)))
CATALOGUES := $(LANGUAGES:%=build/locale/%/LC_MESSAGES/pilote.mo)
ALL_SOURCES := $(wildcard *.c commands/*.[ch] solver/*.[ch] solver/search/*.[ch] io/*.[ch] scenarios/*.[ch] \
	bench/*.[ch] bench/generator/*.[ch] fuzz/*.[ch] tests/*/*.[ch] tests/*.[ch])

.PHONY: all test test-build asan analysis bench bench-peers coverage cppcheck fuzz fuzz-build fuzz-names lint format install uninstall clean help pot torture
all: $(BUILD)/pilote $(CATALOGUES) ## build the program and its translations
	@ln -sf $(BUILD)/pilote pilote 2>/dev/null || true

$(BUILD)/pilote: $(COMMAND_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/libpilote.a
	$(CC) $(LDFLAGS_OWN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libpilote.a: $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile VERSION
	@mkdir -p $(dir $@)
	$(CC) $(CFLAGS_OWN) $(HARDEN) $(GLIB_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The style sheet and the script of the report, as texts in the program.
$(BUILD)/io/report_%.c: io/report.% Makefile
	@mkdir -p $(dir $@)
	@{ echo '#include "io/report_files.h"'; echo 'const char report_$*[] = {'; \
	  od -An -v -td1 $< | sed 's/  *\(-*[0-9][0-9]*\)/\1,/g'; echo '0};'; } >$@

$(BUILD)/io/report_%.o: $(BUILD)/io/report_%.c
	$(CC) $(CFLAGS_OWN) $(HARDEN) $(CFLAGS) -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(TEST_SUPPORT:%.c=$(BUILD)/%.o) $(BUILD)/libpilote.a
	$(CC) $(LDFLAGS_OWN) $(LDFLAGS) -o $@ $^ -lcmocka $(LDLIBS)

$(BENCH_TOOLS): $(BUILD)/bench/%: $(BUILD)/bench/%.o $(BENCH_SUPPORT:%.c=$(BUILD)/%.o) $(BUILD)/libpilote.a
	$(CC) $(LDFLAGS_OWN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

build/locale/%/LC_MESSAGES/pilote.mo: po/%.po
	@mkdir -p $(dir $@)
	msgfmt --check -o $@ $<

.PRECIOUS: $(BUILD)/%.o $(BUILD)/io/report_%.c
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

test-build: $(TESTS) $(BENCH_TOOLS) $(BUILD)/pilote $(CATALOGUES)

test: ## build and run all tests, plain and under AddressSanitizer and UBSan
	$(MAKE) BUILD=build/release test-build
	$(MAKE) BUILD=build/asan OPTIMISE="-O1 -fno-omit-frame-pointer" HARDEN=-fPIE \
		SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" test-build
	tests/run build/release build/asan

asan: ## build the program under AddressSanitizer and UBSan into build/asan
	$(MAKE) BUILD=build/asan OPTIMISE="-O1 -fno-omit-frame-pointer" HARDEN=-fPIE \
		SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" all

# Options of bench/run and bench/peers/compare.py, like BENCH="--sizes 8,60 --seeds 1".
BENCH ?=

bench: all $(BENCH_TOOLS) ## measure the solver on generated operations (figures to bench/out); takes hours
	bench/run $(BENCH)

PEERS_ENV := build/peers
$(PEERS_ENV)/.made: bench/peers/requirements.txt
	python3 -m venv $(PEERS_ENV)
	$(PEERS_ENV)/bin/pip install --quiet --requirement $<
	touch $@

bench-peers: all $(BENCH_TOOLS) $(PEERS_ENV)/.made ## the same operations by other solvers, side by side
	$(PEERS_ENV)/bin/python bench/peers/compare.py $(BENCH)

# Fuzz targets: fuzz/NAME.c each, but read.c one for every file of an operation.
FUZZ_SECONDS ?= 600
FUZZ_FILES := operation.json $(addsuffix .csv,households availability resources calendar homes deliveries progress)
FUZZ_NAMES := $(FUZZ_FILES:%=read_%) $(filter-out read support,$(basename $(notdir $(wildcard fuzz/*.c))))
FUZZ_BUILD := build/fuzz
FUZZ_TARGETS := $(FUZZ_NAMES:%=$(FUZZ_BUILD)/fuzz/%)

$(FUZZ_BUILD)/fuzz/read_%: $(FUZZ_BUILD)/fuzz/read.o $(FUZZ_BUILD)/fuzz/support.o $(FUZZ_BUILD)/libpilote.a
	$(CC) $(LDFLAGS_OWN) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(FUZZ_BUILD)/fuzz/%: $(FUZZ_BUILD)/fuzz/%.o $(FUZZ_BUILD)/fuzz/support.o $(FUZZ_BUILD)/libpilote.a
	$(CC) $(LDFLAGS_OWN) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LDLIBS)

fuzz-build:
	$(MAKE) BUILD=$(FUZZ_BUILD) CC=clang WARNINGS="-Wall -Wextra -Wno-missing-field-initializers" OPTIMISE="-O1 -fno-omit-frame-pointer" HARDEN=-fPIE \
		SANITIZE="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined" $(FUZZ_TARGETS)

fuzz-names:
	@echo $(FUZZ_NAMES)

fuzz: fuzz-build ## fuzz all readers and writers for FUZZ_SECONDS in all (600), with clang
	fuzz/run $(FUZZ_BUILD)/fuzz $(FUZZ_SECONDS)

ANALYSED := pilote.c $(wildcard commands/*.c) $(LIB_SOURCES)

cppcheck:
	cppcheck --quiet --std=c11 -I. --enable=warning,performance,portability --error-exitcode=1 \
		--include=tests/tools/analysis.h --suppress=missingIncludeSystem --suppressions-list=tests/tools/analysis.suppressions $(ANALYSED)

# What works through many sources takes as many at a time as there are processors.
EACH := xargs -P $(shell nproc) -I {}

analysis: cppcheck ## what cppcheck and gcc's analyzer find; a minute
	@printf '%s\n' $(ANALYSED) | $(EACH) gcc $(CFLAGS_OWN) $(GLIB_CFLAGS) -O1 -fanalyzer -Werror -c -o /dev/null {}

COVERED := build/coverage
coverage: ## how much of the readers, writers, model and verifier the cmocka tests run through; a minute
	$(MAKE) BUILD=$(COVERED) OPTIMISE=-O0 HARDEN=-fPIE SANITIZE=--coverage test-build
	tests/tools/coverage $(COVERED)

torture: all ## tests that take an hour: 200 kills of each command, every allocation, long fuzzing
	KILLS=200 PILOTE=$(CURDIR)/$(BUILD)/pilote tests/reliability/kill.sh
	MOMENTS=1000000 PILOTE=$(CURDIR)/$(BUILD)/pilote tests/reliability/no_memory.sh
	$(MAKE) fuzz

TIDY ?= clang-tidy

# On its standard error clang-tidy counts what it does not show.
lint: ## clang-format and clang-tidy, with the settings in the repository; minutes
	@clang-format --dry-run --Werror $(ALL_SOURCES)
	@clang-tidy --version >/dev/null
	@printf '%s\n' $(filter %.c,$(ALL_SOURCES)) | \
		$(EACH) $(TIDY) --quiet --warnings-as-errors='*' {} -- $(CFLAGS_OWN) $(GLIB_CFLAGS) 2>/dev/null

format: ## lay out all sources
	clang-format -i $(ALL_SOURCES)

pot: ## collect the words for people into po/pilote.pot and merge them into the translations
	xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=n_:1,2 --add-comments=TRANSLATORS \
		--package-name=pilote --no-location --sort-output -o po/pilote.pot $(sort $(COMMAND_SOURCES) $(LIB_SOURCES))
	sed -i '/^"POT-Creation-Date/d' po/pilote.pot
	for po in $(wildcard po/*.po); do msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-location --sort-output $$po po/pilote.pot; done

install: ## install into $(DESTDIR)$(PREFIX)
	$(MAKE) BUILD=build/install LOCALE_DIR=$(PREFIX)/share/locale build/install/pilote $(CATALOGUES)
	install -D -m 755 build/install/pilote $(DESTDIR)$(PREFIX)/bin/pilote
	for l in $(LANGUAGES); do install -D -m 644 build/locale/$$l/LC_MESSAGES/pilote.mo \
		$(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/pilote.mo; done
	mkdir -p $(DESTDIR)$(PREFIX)/share/doc/pilote
	cp -r README.md docs examples $(DESTDIR)$(PREFIX)/share/doc/pilote/

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/pilote
	for l in $(LANGUAGES); do rm -f $(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/pilote.mo; done
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/pilote

clean: ## remove everything that was built
	rm -rf build pilote

help: ## this list
	@awk -F '## ' '/^[a-z-]+:.*## /{split($$1,t,":"); printf "%-12s %s\n", t[1], $$2}' Makefile
