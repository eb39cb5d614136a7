#!/bin/sh
# All sources are laid out alike, and clang-tidy finds nothing in them; its analyzer, which takes minutes, is
# left to `make lint`.
cd "$(dirname "$0")/../.." || exit 2
command -v clang-tidy >/dev/null && command -v clang-format >/dev/null ||
    { echo "ok # skipped: there is no clang-tidy or clang-format"; exit 0; }
if make -s lint TIDY="clang-tidy --checks='-clang-analyzer-*'"; then
    echo "ok clang-format and clang-tidy find nothing"
else
    echo "not ok clang-format and clang-tidy find nothing"
fi
