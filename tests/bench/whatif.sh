#!/bin/sh
# bench/whatif measures an operation; skipped where there is no Python 3.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(dirname "$PILOTE")
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

if ! command -v python3 >/dev/null; then
    echo "ok # skipped: there is no python3"
    exit 0
fi
if "$root/bench/whatif" --build "$build" --sizes 4 --seconds 1 --out "$folder" >"$folder/said" 2>&1 &&
    grep -q '"planned": "4/4"' "$folder/said" && [ "$(wc -l <"$folder/whatif.csv")" -eq 2 ]; then
    echo "ok a slip is compared with planning from nothing"
else
    echo "not ok a slip is compared with planning from nothing"
    sed 's/^/    /' "$folder/said"
fi
