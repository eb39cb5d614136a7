#!/bin/sh
# Each fuzz target makes some runs from its corpus on, the same ones every time.
cd "$(dirname "$0")/../.." || exit 2
command -v clang >/dev/null || { echo "ok # skipped: there is no clang"; exit 0; }
said=$(FUZZ_RUNS=500 make -s -j2 fuzz 2>&1) && code=0 || code=$?
printf '%s\n' "$said"
n=$(printf '%s\n' "$said" | grep -c ' [1-9][0-9]* executions')
[ "$code" -eq 0 ] && [ "$n" -eq "$(make -s fuzz-names | wc -w)" ] && echo "ok no target finds a fault" ||
    echo "not ok no target finds a fault ($n ran)"
