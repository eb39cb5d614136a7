#!/bin/sh
# gcc's program and clang's make the same bytes of the same files.
. "$(dirname "$0")/../commands/common"

command -v clang >/dev/null || { echo "ok # skipped: there is no clang"; exit 0; }
cd "$root" || exit 2
generate=$(dirname "$PILOTE")/bench/generate
make -s -j2 BUILD=build/clang CC=clang CFLAGS=-Werror build/clang/pilote >"$scratch/out" 2>"$scratch/err"
tell "clang builds the program without a warning" $?

# same NAME ROUNDS THREADS: plans the operation by both.
same() {
    rm -rf "$scratch/gcc" "$scratch/clang"
    run "0|1" plan "$scratch/$1" -q -o "$scratch/gcc" --rounds "$2" --threads "$3" -t 600 &&
        (PILOTE=$root/build/clang/pilote
        run "0|1" plan "$scratch/$1" -q -o "$scratch/clang" --rounds "$2" --threads "$3" -t 600) &&
        cmp "$scratch/gcc/plan.json" "$scratch/clang/plan.json" >>"$scratch/err" 2>&1 &&
        cmp "$scratch/gcc/report.html" "$scratch/clang/report.html" >>"$scratch/err" 2>&1
    tell "gcc and clang make the same plan of $1 (threads: $3)" $?
}

operation tiny >/dev/null
operation pinsons >/dev/null
"$generate" -q --households 60 --seed 5 --progress --general "$scratch/estate"
"$generate" -q --projects 2 --tasks 30 "$scratch/projects"
for threads in 1 2; do
    same tiny 5 "$threads"
    same pinsons 4 "$threads"
    same estate 4 "$threads"
    same projects 2 "$threads"
done
finish
