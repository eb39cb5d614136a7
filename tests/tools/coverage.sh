#!/bin/sh
# The unit tests run through what is promised of the readers, the writers, the model and the verifier.
cd "$(dirname "$0")/../.." || exit 2
command -v python3 >/dev/null || { echo "ok # skipped: there is no Python"; exit 0; }
said=$(make -s -j2 coverage 2>&1) && code=0 || code=$?
printf '%s\n' "$said" | sed 's/^[a-z]* *[0-9]* lines/figure: &/'
[ "$code" -eq 0 ] && echo "ok readers, writers, model and verifier are run through" ||
    echo "not ok readers, writers, model and verifier are run through"
