#!/bin/sh
# All sources are laid out alike, and clang-tidy finds nothing in those of the program; `make lint` looks
# at the tests too, which takes minutes more.
cd "$(dirname "$0")/../.." || exit 2
command -v clang-tidy >/dev/null && command -v clang-format >/dev/null ||
    { echo "ok # skipped: there is no clang-tidy or clang-format"; exit 0; }
if make -s lint LINTED="$(make -s names-of-analysed)"; then
    echo "ok clang-format and clang-tidy find nothing"
else
    echo "not ok clang-format and clang-tidy find nothing"
fi
